// Package admission is the webhook that gives an application's namespaces, pods and routes what OpenShift gives.
package admission

import (
	"context"

	"github.com/spf13/cobra"
	"k8s.io/client-go/kubernetes"

	"sandbox.test/kube/cluster"
)

const help = `Serves the webhook that makes the cluster treat applications as OpenShift does. It covers all namespaces but
default, kube-* and openshift-*:

  POST /default/namespace  allocates the range of user ids, sets the Pod Security labels
  POST /default/pod        fills in what the constraint restricted-v2 fills in
  POST /default/route      gives a route its host, and keeps it
  POST /validate/pod       refuses a pod that restricted-v2 refuses

"kube definitions --stage webhooks" prints the configurations that make the API server ask it.`

type options struct {
	kubeconfig, cert, key, listen, domain string
}

// NewCommand returns `kube admission`.
func NewCommand() *cobra.Command {
	var options options
	command := &cobra.Command{
		Use:   "admission",
		Short: "serve the webhook that treats applications as OpenShift does",
		Long:  help,
		Args:  cobra.NoArgs,
		RunE:  cluster.Serve(func(ctx context.Context) error { return options.serve(ctx) }),
	}
	flags := command.Flags()
	flags.StringVar(&options.kubeconfig, "kubeconfig", "", "file with the credentials for the API server (required)")
	flags.StringVar(&options.cert, "cert", "", "file with the webhook's certificate (required)")
	flags.StringVar(&options.key, "key", "", "file with the certificate's key (required)")
	flags.StringVar(&options.listen, "listen", "127.0.0.1:9443", "address to listen on")
	flags.StringVar(&options.domain, "domain", "apps.sandbox.test", "the domain below which routes get their host")
	for _, name := range []string{"kubeconfig", "cert", "key"} {
		_ = command.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return command
}

// serve does not wait for the API server: that one waits for us.
func (o options) serve(ctx context.Context) error {
	config, err := cluster.Configuration(o.kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	return listen(ctx, o, newHandler(client.CoreV1().Namespaces(), o.domain))
}
