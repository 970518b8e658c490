// Package router serves the cluster's Routes with HAProxy.
package router

import (
	"context"

	"github.com/spf13/cobra"

	"sandbox.test/kube/cluster"
)

const help = `Serves Routes on --listen-address, ports 80 and 443, with HAProxy, and says in their status that it does, or why
it does not. Served are edge and reencrypt termination and plain HTTP, insecureEdgeTerminationPolicy, paths, and the
annotations haproxy.router.openshift.io/timeout and timeout-tunnel.

The certificate for the hosts below --domain comes from an authority of the router's own: ca.crt and ca.key in
--cert-dir, made if they are not there. Clients find it in the ConfigMap default-ingress-cert in the namespace
openshift-config-managed, key ca-bundle.crt.`

// options of the command.
type options struct {
	kubeconfig, folder, haproxy, address, domain string
}

// NewCommand returns `kube router`.
func NewCommand() *cobra.Command {
	var options options
	command := &cobra.Command{
		Use:   "router",
		Short: "serve the cluster's Routes with HAProxy",
		Long:  help,
		Args:  cobra.NoArgs,
		RunE:  cluster.Serve(func(ctx context.Context) error { return serve(ctx, options) }),
	}
	flags := command.Flags()
	flags.StringVar(&options.kubeconfig, "kubeconfig", "", "file with the credentials for the API server (required)")
	flags.StringVar(&options.folder, "cert-dir", "", "folder for the certificates and HAProxy's files, not longer than 80 characters (required)")
	flags.StringVar(&options.haproxy, "haproxy", "haproxy", "the HAProxy program")
	flags.StringVar(&options.address, "listen-address", "10.90.0.1", "address to listen on")
	flags.StringVar(&options.domain, "domain", "apps.sandbox.test", "the domain below which routes get their host")
	for _, name := range []string{"kubeconfig", "cert-dir"} {
		_ = command.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return command
}
