package scc

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
)

// container is what the constraint looks at, of each kind of container, and where it stands in the pod.
type container struct {
	path    string
	context **corev1.SecurityContext
	ports   []corev1.ContainerPort
}

// containers of the pod of all three kinds, ephemeral ones last.
func containers(spec *corev1.PodSpec) []container {
	var all []container
	for i := range spec.InitContainers {
		c := &spec.InitContainers[i]
		all = append(all, container{fmt.Sprintf(".initContainers[%d]", i), &c.SecurityContext, c.Ports})
	}
	for i := range spec.Containers {
		c := &spec.Containers[i]
		all = append(all, container{fmt.Sprintf(".containers[%d]", i), &c.SecurityContext, c.Ports})
	}
	for i := range spec.EphemeralContainers {
		c := &spec.EphemeralContainers[i]
		all = append(all, container{fmt.Sprintf(".ephemeralContainers[%d]", i), &c.SecurityContext, c.Ports})
	}
	return all
}

// own is the container's security context, made if it has none.
func (c container) own() *corev1.SecurityContext {
	if *c.context == nil {
		*c.context = &corev1.SecurityContext{}
	}
	return *c.context
}

// read is the container's security context; an empty one stands for none.
func (c container) read() corev1.SecurityContext {
	if *c.context == nil {
		return corev1.SecurityContext{}
	}
	return **c.context
}

// podContext is the pod's own security context; an empty one stands for none.
func podContext(spec *corev1.PodSpec) corev1.PodSecurityContext {
	if spec.SecurityContext == nil {
		return corev1.PodSecurityContext{}
	}
	return *spec.SecurityContext
}
