package router

import (
	"context"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	corev1apply "k8s.io/client-go/applyconfigurations/core/v1"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
)

const managedNamespace = "openshift-config-managed"

var asRouter = metav1.ApplyOptions{FieldManager: "router", Force: true}

// publish puts the authority where OpenShift's clients look for it.
func publish(ctx context.Context, core corev1client.CoreV1Interface, bundle []byte) error {
	if _, err := core.Namespaces().Apply(ctx, corev1apply.Namespace(managedNamespace), asRouter); err != nil {
		return err
	}
	config := corev1apply.ConfigMap("default-ingress-cert", managedNamespace).
		WithData(map[string]string{"ca-bundle.crt": string(bundle)})
	_, err := core.ConfigMaps(managedNamespace).Apply(ctx, config, asRouter)
	return err
}
