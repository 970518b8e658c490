package main

import (
	"context"
	"os"

	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/hosts"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/template"
	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	manager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxy "k8s.io/kubernetes/cmd/kube-proxy/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubelet "k8s.io/kubernetes/cmd/kubelet/app"

	"sandbox.test/kube/admission"
	"sandbox.test/kube/definitions"
	"sandbox.test/kube/policies"
	"sandbox.test/kube/provisioner"
	"sandbox.test/kube/router"
)

// processes are the parts that read the command line themselves.
var processes = map[string]func(arguments []string){
	"coredns": func(arguments []string) {
		os.Args = append([]string{"coredns"}, arguments...)
		coremain.Run()
	},
	"etcd": func(arguments []string) {
		etcdmain.Main(append([]string{"etcd"}, arguments...))
	},
}

// commands are the parts that come as a cobra command.
var commands = map[string]func() *cobra.Command{
	"admission":          admission.NewCommand,
	"apiserver":          apiserver.NewAPIServerCommand,
	"controller-manager": manager.NewControllerManagerCommand,
	"definitions":        definitions.NewCommand,
	"kubectl":            kubectl.NewDefaultKubectlCommand,
	"kubelet":            func() *cobra.Command { return kubelet.NewKubeletCommand(context.Background()) },
	"oc":                 kubectl.NewDefaultKubectlCommand,
	"policies":           policies.NewCommand,
	"provisioner":        provisioner.NewCommand,
	"proxy":              proxy.NewProxyCommand,
	"router":             router.NewCommand,
	"scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
}
