//go:build tools

// Package tools pins what Prometheus' operator and Prometheus itself are checked with: go.mod names the versions.
package tools

import _ "github.com/prometheus/prometheus/cmd/promtool"
