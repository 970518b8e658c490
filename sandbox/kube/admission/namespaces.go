package admission

import (
	"context"
	"encoding/json"
	"sync"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"

	"sandbox.test/kube/scc"
)

// allocator hands out blocks of user ids.
type allocator struct {
	namespaces corev1client.NamespaceInterface

	mutex  sync.Mutex
	handed map[string]scc.Block // also to namespaces that the API server has not stored yet
}

func newAllocator(namespaces corev1client.NamespaceInterface) *allocator {
	return &allocator{namespaces: namespaces, handed: map[string]scc.Block{}}
}

func (a *allocator) defaultNamespace(ctx context.Context, request *admissionv1.AdmissionRequest) (patch, error) {
	var namespace corev1.Namespace
	if err := json.Unmarshal(request.Object.Raw, &namespace); err != nil {
		return nil, err
	}
	if !scc.Application(namespace.Name) {
		return nil, nil
	}
	block, err := a.allocate(ctx, namespace.Name)
	if err != nil {
		return nil, err
	}
	return patch{
		set("/metadata/annotations", filled(namespace.Annotations, scc.NamespaceAnnotations(block))),
		set("/metadata/labels", filled(namespace.Labels, scc.NamespaceLabels())),
	}, nil
}

func (a *allocator) allocate(ctx context.Context, name string) (scc.Block, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	existing, err := a.namespaces.List(ctx, metav1.ListOptions{})
	if err != nil {
		return 0, err
	}
	a.handed[name] = scc.Allocate(name, a.taken(name, existing.Items))
	return a.handed[name], nil
}

// taken are the blocks of all namespaces but the named one.
func (a *allocator) taken(name string, existing []corev1.Namespace) map[scc.Block]bool {
	taken := map[scc.Block]bool{}
	for other, block := range a.handed {
		taken[block] = taken[block] || other != name
	}
	for _, namespace := range existing {
		constraint, err := scc.ForNamespace(&namespace)
		if block, ok := constraint.UIDs.Block(); err == nil && ok && namespace.Name != name {
			taken[block] = true
		}
	}
	return taken
}
