package admission

import (
	"context"
	"encoding/json"
	"errors"

	admissionv1 "k8s.io/api/admission/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"

	"sandbox.test/kube/scc"
)

// constraints applies restricted-v2 with the ids of the pod's namespace.
type constraints struct {
	namespaces corev1client.NamespaceInterface
}

// defaultPod refuses, too: what it fills in must not turn a refusal into some other validation error.
func (c constraints) defaultPod(ctx context.Context, request *admissionv1.AdmissionRequest) (patch, error) {
	pod, constraint, err := c.pod(ctx, request)
	if err != nil || pod == nil {
		return nil, err
	}
	constraint.Default(pod)
	return patch{set("/metadata/annotations", pod.Annotations), set("/spec", pod.Spec)}, refusal(constraint, pod)
}

// validatePod sees the pod as all other webhooks have left it.
func (c constraints) validatePod(ctx context.Context, request *admissionv1.AdmissionRequest) (patch, error) {
	pod, constraint, err := c.pod(ctx, request)
	if err != nil || pod == nil {
		return nil, err
	}
	return nil, refusal(constraint, pod)
}

func refusal(constraint scc.Constraint, pod *corev1.Pod) error {
	if message := constraint.Refusal(pod); message != "" {
		return errors.New(message)
	}
	return nil
}

// pod is what the request brings, with its namespace's constraint; no pod if none applies there.
func (c constraints) pod(ctx context.Context, request *admissionv1.AdmissionRequest) (*corev1.Pod, scc.Constraint, error) {
	if !scc.Application(request.Namespace) {
		return nil, scc.Constraint{}, nil
	}
	pod := &corev1.Pod{}
	if err := json.Unmarshal(request.Object.Raw, pod); err != nil {
		return nil, scc.Constraint{}, err
	}
	namespace, err := c.namespaces.Get(ctx, request.Namespace, metav1.GetOptions{})
	if err != nil {
		return nil, scc.Constraint{}, err
	}
	constraint, err := scc.ForNamespace(namespace)
	return pod, constraint, err
}
