//go:build tools

// Package pulumi pins the Pulumi command: its version and those of all its dependencies stand in go.mod and go.sum.
package pulumi

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
