package policies

import (
	"context"
	"time"

	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	networklisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/tools/cache"

	"sandbox.test/kube/cluster"
)

// view is what is seen of the cluster, kept current by watches.
type view struct {
	pods       corelisters.PodLister
	namespaces corelisters.NamespaceLister
	policies   networklisters.NetworkPolicyLister
	changed    cluster.Changes
}

// watch returns once it has seen all there is.
func watch(ctx context.Context, client kubernetes.Interface) (*view, error) {
	factory := informers.NewSharedInformerFactory(client, 0)
	pods, namespaces := factory.Core().V1().Pods(), factory.Core().V1().Namespaces()
	policies := factory.Networking().V1().NetworkPolicies()
	v := &view{pods.Lister(), namespaces.Lister(), policies.Lister(), cluster.NewChanges()}
	for _, informer := range []cache.SharedIndexInformer{pods.Informer(), namespaces.Informer(), policies.Informer()} {
		if _, err := informer.AddEventHandler(v.changed.Handler()); err != nil {
			return nil, err
		}
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	return v, ctx.Err()
}

// next returns when there is something new to look at.
func (v *view) next(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-v.changed:
		time.Sleep(gather)
		return nil
	}
}

func (v *view) ruleset() (string, error) {
	pods, err := v.pods.List(labels.Everything())
	if err != nil {
		return "", err
	}
	namespaces, err := v.namespaces.List(labels.Everything())
	if err != nil {
		return "", err
	}
	policies, err := v.policies.List(labels.Everything())
	if err != nil {
		return "", err
	}
	return ruleset(newNetwork(pods, namespaces), policies), nil
}
