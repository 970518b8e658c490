package policies

import (
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

// network is the pods with an address of their own, and the labels of their namespaces.
type network struct {
	pods       []*corev1.Pod
	namespaces map[string]labels.Set
}

func newNetwork(pods []*corev1.Pod, namespaces []*corev1.Namespace) network {
	n := network{namespaces: map[string]labels.Set{}}
	for _, namespace := range namespaces {
		n.namespaces[namespace.Name] = namespace.Labels
	}
	for _, pod := range pods {
		ended := pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
		if pod.Status.PodIP != "" && !pod.Spec.HostNetwork && !ended {
			n.pods = append(n.pods, pod)
		}
	}
	slices.SortFunc(n.pods, func(a, b *corev1.Pod) int { return strings.Compare(a.Status.PodIP, b.Status.PodIP) })
	return n
}

// selected are the namespace's pods with these labels.
func (n network) selected(namespace string, selector *metav1.LabelSelector) []*corev1.Pod {
	return n.matching(func(name string) bool { return name == namespace }, selector)
}

// addresses are those of the pods that a peer means, seen from a policy's own namespace.
func (n network) addresses(own string, namespaces, pods *metav1.LabelSelector) []string {
	in := func(name string) bool { return name == own }
	if namespaces != nil {
		in = func(name string) bool { return matches(namespaces, n.namespaces[name]) }
	}
	var found []string
	for _, pod := range n.matching(in, pods) {
		found = append(found, pod.Status.PodIP)
	}
	return found
}

func (n network) matching(in func(namespace string) bool, selector *metav1.LabelSelector) []*corev1.Pod {
	var found []*corev1.Pod
	for _, pod := range n.pods {
		if in(pod.Namespace) && (selector == nil || matches(selector, pod.Labels)) {
			found = append(found, pod)
		}
	}
	return found
}

// matches takes a selector that the API server has admitted, so one that makes sense.
func matches(selector *metav1.LabelSelector, set labels.Set) bool {
	parsed, err := metav1.LabelSelectorAsSelector(selector)
	return err == nil && parsed.Matches(set)
}
