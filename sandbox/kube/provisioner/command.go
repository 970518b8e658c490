// Package provisioner makes the volumes that claims of the sandbox's StorageClasses ask for.
package provisioner

import (
	"context"

	"github.com/spf13/cobra"
	"k8s.io/client-go/kubernetes"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"

	"sandbox.test/kube/cluster"
)

const help = `Makes and removes the volumes of StorageClasses whose provisioner is ebs.csi.aws.com,
openshift-storage.rbd.csi.ceph.com or rancher.io/local-path. A volume is a folder below --root, offered to the one node as a local
PersistentVolume: the node gives it to the pod's fsGroup, as it does with those drivers' volumes. Its size is
written down, not enforced; so expansion is a matter of writing down another.`

// names that real clusters' StorageClasses carry.
var names = []string{"ebs.csi.aws.com", "openshift-storage.rbd.csi.ceph.com", "rancher.io/local-path"}

// NewCommand returns `kube provisioner`.
func NewCommand() *cobra.Command {
	var kubeconfig, root string
	command := &cobra.Command{
		Use:   "provisioner",
		Short: "make the volumes that claims ask for",
		Long:  help,
		Args:  cobra.NoArgs,
		RunE:  cluster.Serve(func(ctx context.Context) error { return serve(ctx, kubeconfig, root) }),
	}
	flags := command.Flags()
	flags.StringVar(&kubeconfig, "kubeconfig", "", "file with the credentials for the API server (required)")
	flags.StringVar(&root, "root", "", "folder on the node below which the volumes lie (required)")
	for _, name := range []string{"kubeconfig", "root"} {
		_ = command.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return command
}

func serve(ctx context.Context, kubeconfig, root string) error {
	config, err := cluster.Connect(ctx, kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	go resizer{client.CoreV1()}.run(ctx, client)
	controller.NewProvisionController(ctx, client, names[0], &folders{root: root, nodes: client.CoreV1().Nodes()},
		controller.AdditionalProvisionerNames(names[1:]),
		controller.LeaderElection(false),
	).Run(ctx)
	return nil
}
