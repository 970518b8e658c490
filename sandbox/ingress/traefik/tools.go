//go:build tools

// Package traefik pins the Ingress controller: its version and those of all its dependencies stand in go.mod and go.sum.
package traefik

import _ "github.com/traefik/traefik/v3/cmd/traefik"
