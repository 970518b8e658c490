// kube is the whole of the sandbox's cluster in one program: the Kubernetes control plane, node agents and
// client, etcd, CoreDNS, and what makes the cluster look like OpenShift. The first argument chooses the part;
// a link named oc or kubectl is the client.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
)

func main() {
	name, arguments := chosen(os.Args)
	if run, ok := processes[name]; ok {
		run(arguments)
		return
	}
	command, ok := commands[name]
	if !ok {
		fmt.Fprintf(os.Stderr, "kube: %q is no part of the sandbox's cluster; choose one of: %s\n", name, strings.Join(parts(), " "))
		os.Exit(2)
	}
	os.Exit(runCommand(command(), name, arguments))
}

// chosen tells which part was asked for, and the arguments that are left for it.
func chosen(arguments []string) (string, []string) {
	if link := filepath.Base(arguments[0]); link == "oc" || link == "kubectl" {
		return "kubectl", arguments[1:]
	}
	if len(arguments) < 2 {
		return "", nil
	}
	return arguments[1], arguments[2:]
}

// runCommand hands the arguments over in os.Args, too: kubectl looks there for its plugins.
func runCommand(command *cobra.Command, name string, arguments []string) int {
	os.Args = append([]string{name}, arguments...)
	command.SetArgs(arguments)
	return cli.Run(command)
}

func parts() []string {
	return append(slices.Sorted(maps.Keys(processes)), slices.Sorted(maps.Keys(commands))...)
}
