// Package definitions prints the objects that make the sandbox's cluster look like OpenShift on a platform.
package definitions

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

const help = `Prints, as a stream of YAML documents, the objects that make the cluster look like OpenShift.
They come in stages, because each needs the one before it to be in place:

  crds      CustomResourceDefinitions of Route, Ingress and Infrastructure (config), OAuthClient
            kubectl apply --server-side -f -, then kubectl wait --for condition=Established crd --all
  objects   namespaces, StorageClasses, IngressClass, Ingress and Infrastructure "cluster"
            kubectl apply --server-side -f -
  status    the status of Infrastructure "cluster"
            kubectl apply --server-side --subresource=status -f -
  webhooks  the configurations that call "kube admission" (failurePolicy Fail: have it running first)
            kubectl apply --server-side -f -

The flavour plain is Kubernetes without OpenShift: its StorageClass and IngressClass, in the stage objects.`

// Options say which objects are wanted.
type Options struct {
	Stages     []string
	Flavour    string
	Domain     string
	CRDs       string
	WebhookURL string
	CA         string
}

// stages in the order in which they are applied.
var stages = []struct {
	name    string
	objects func(Options) ([]runtime.Object, error)
}{
	{"crds", resourceDefinitions},
	{"objects", clusterObjects},
	{"status", clusterStatus},
	{"webhooks", webhookConfigurations},
}

// NewCommand returns `kube definitions`.
func NewCommand() *cobra.Command {
	var options Options
	command := &cobra.Command{
		Use:   "definitions",
		Short: "print the objects that make the cluster look like OpenShift",
		Long:  help,
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return options.print(command.OutOrStdout()) },
	}
	flags := command.Flags()
	flags.StringSliceVar(&options.Stages, "stage", stageNames(), "which stages to print")
	flags.StringVar(&options.Flavour, "flavour", "aws", "the platform to look like: aws, cnv or plain")
	flags.StringVar(&options.Domain, "domain", "apps.sandbox.test", "the domain below which routes get their host")
	flags.StringVar(&options.CRDs, "crds", besideExecutable("crds"), "folder of the CustomResourceDefinitions")
	flags.StringVar(&options.WebhookURL, "webhook-url", "", "where `kube admission` listens, for example https://127.0.0.1:9443")
	flags.StringVar(&options.CA, "ca", "", "file of the certificate authority of --webhook-url")
	return command
}

func (o Options) print(out io.Writer) error {
	if !slices.Contains(flavourNames(), o.Flavour) {
		return fmt.Errorf("there is no flavour %q; choose one of %v", o.Flavour, flavourNames())
	}
	for _, name := range o.Stages {
		if !slices.Contains(stageNames(), name) {
			return fmt.Errorf("there is no stage %q; choose from %v", name, stageNames())
		}
	}
	for _, stage := range stages {
		if slices.Contains(o.Stages, stage.name) {
			if err := printObjects(out, stage.objects, o); err != nil {
				return err
			}
		}
	}
	return nil
}

func printObjects(out io.Writer, objects func(Options) ([]runtime.Object, error), options Options) error {
	list, err := objects(options)
	if err != nil {
		return err
	}
	for _, object := range list {
		document, err := yaml.Marshal(object)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "---\n%s", document); err != nil {
			return err
		}
	}
	return nil
}

func stageNames() []string {
	var names []string
	for _, stage := range stages {
		names = append(names, stage.name)
	}
	return names
}

func besideExecutable(name string) string {
	executable, err := os.Executable()
	if err != nil {
		return name
	}
	return filepath.Join(filepath.Dir(executable), name)
}
