package policies

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os/exec"
	"time"

	"k8s.io/client-go/kubernetes"

	"sandbox.test/kube/cluster"
)

const (
	gather = 20 * time.Millisecond // a change seldom comes alone
	retry  = time.Second
)

// serve keeps the node's rules in line with the cluster's policies until ctx ends.
func serve(ctx context.Context, kubeconfig string) error {
	config, err := cluster.Connect(ctx, kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	view, err := watch(ctx, client)
	if err != nil {
		return err
	}
	var enforced string
	for {
		wanted, err := view.ruleset()
		if err == nil && wanted != enforced {
			err = load(ctx, wanted)
		}
		if err != nil {
			log.Print(err)
			time.AfterFunc(retry, view.changed.Notice)
		} else {
			enforced = wanted
		}
		if err := view.next(ctx); err != nil {
			return err
		}
	}
}

// load replaces the table as a whole: at no moment is there none.
func load(ctx context.Context, rules string) error {
	command := exec.CommandContext(ctx, "nft", "-f", "-")
	command.Stdin = bytes.NewBufferString(rules)
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("nft does not take the rules: %w: %s", err, out)
	}
	return nil
}
