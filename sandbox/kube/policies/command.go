// Package policies enforces NetworkPolicies between the pods of the sandbox's one node.
package policies

import (
	"context"

	"github.com/spf13/cobra"

	"sandbox.test/kube/cluster"
)

const help = `Enforces NetworkPolicies with nftables, in a table of its own: what no policy allows to or from a pod that one
selects is dropped. As in every implementation, the node itself reaches all its pods: the kubelet's probes and
port-forwards, and what listens on the node's own address. Not supported, and said in the log: named ports.`

// NewCommand returns `kube policies`.
func NewCommand() *cobra.Command {
	var kubeconfig string
	command := &cobra.Command{
		Use:   "policies",
		Short: "enforce NetworkPolicies with nftables",
		Long:  help,
		Args:  cobra.NoArgs,
		RunE:  cluster.Serve(func(ctx context.Context) error { return serve(ctx, kubeconfig) }),
	}
	command.Flags().StringVar(&kubeconfig, "kubeconfig", "", "file with the credentials for the API server (required)")
	_ = command.MarkFlagRequired("kubeconfig") // fails only for a flag that does not exist
	return command
}
