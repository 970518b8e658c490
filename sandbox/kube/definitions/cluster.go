package definitions

import (
	configv1 "github.com/openshift/api/config/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// clusterObjects are the flavour's StorageClasses, and the configuration of its applications' addresses.
func clusterObjects(options Options) ([]runtime.Object, error) {
	var objects []runtime.Object
	for index, class := range flavours[options.Flavour].storageClasses {
		objects = append(objects, class.object(index == 0))
	}
	if options.Flavour == plain {
		return append(objects, ingressClass()), nil
	}
	objects = append(objects, namespace("openshift-config-managed"), namespace("openshift-ingress"))
	objects = append(objects, ingress(options.Domain), infrastructure(flavours[options.Flavour].platform))
	return withoutStatus(objects)
}

func clusterStatus(options Options) ([]runtime.Object, error) {
	if options.Flavour == plain {
		return nil, nil
	}
	object, err := fields(infrastructure(flavours[options.Flavour].platform))
	if err != nil {
		return nil, err
	}
	delete(object.Object, "spec")
	return []runtime.Object{object}, nil
}

// ingressClass is the one that k3s and Rancher Desktop come with.
func ingressClass() *networkingv1.IngressClass {
	return &networkingv1.IngressClass{
		TypeMeta: metav1.TypeMeta{APIVersion: "networking.k8s.io/v1", Kind: "IngressClass"},
		ObjectMeta: metav1.ObjectMeta{
			Name:        "traefik",
			Annotations: map[string]string{"ingressclass.kubernetes.io/is-default-class": "true"},
		},
		Spec: networkingv1.IngressClassSpec{Controller: "traefik.io/ingress-controller"},
	}
}

func namespace(name string) *corev1.Namespace {
	return &corev1.Namespace{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Namespace"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
	}
}

func ingress(domain string) *configv1.Ingress {
	return &configv1.Ingress{
		TypeMeta:   metav1.TypeMeta{APIVersion: configv1.GroupVersion.String(), Kind: "Ingress"},
		ObjectMeta: metav1.ObjectMeta{Name: "cluster"},
		Spec:       configv1.IngressSpec{Domain: domain},
	}
}

func infrastructure(platform configv1.PlatformType) *configv1.Infrastructure {
	const api = "https://10.90.0.1:6443"
	return &configv1.Infrastructure{
		TypeMeta:   metav1.TypeMeta{APIVersion: configv1.GroupVersion.String(), Kind: "Infrastructure"},
		ObjectMeta: metav1.ObjectMeta{Name: "cluster"},
		Spec:       configv1.InfrastructureSpec{PlatformSpec: configv1.PlatformSpec{Type: platform}},
		Status: configv1.InfrastructureStatus{
			InfrastructureName:     "sandbox",
			Platform:               platform, // deprecated, but still filled on real clusters
			PlatformStatus:         &configv1.PlatformStatus{Type: platform},
			APIServerURL:           api,
			APIServerInternalURL:   api,
			ControlPlaneTopology:   configv1.SingleReplicaTopologyMode,
			InfrastructureTopology: configv1.SingleReplicaTopologyMode,
			CPUPartitioning:        configv1.CPUPartitioningNone,
		},
	}
}
