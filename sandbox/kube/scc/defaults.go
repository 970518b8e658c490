package scc

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

const all corev1.Capability = "ALL"

// Default fills what the pod leaves open, the way restricted-v2 does; what the pod asks for stays as it is.
func (c Constraint) Default(pod *corev1.Pod) {
	if pod.Annotations == nil {
		pod.Annotations = map[string]string{}
	}
	pod.Annotations[Annotation] = Name
	if pod.Spec.SecurityContext == nil {
		pod.Spec.SecurityContext = &corev1.PodSecurityContext{}
	}
	c.defaultPod(pod.Spec.SecurityContext)
	for _, container := range containers(&pod.Spec) {
		c.defaultContainer(container.own(), pod.Spec.SecurityContext)
	}
}

func (c Constraint) defaultPod(context *corev1.PodSecurityContext) {
	setDefault(&context.FSGroup, c.Groups.First)
	if context.SELinuxOptions == nil && c.Level != "" {
		context.SELinuxOptions = &corev1.SELinuxOptions{Level: c.Level}
	}
	if context.SeccompProfile == nil {
		context.SeccompProfile = &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault}
	}
}

func (c Constraint) defaultContainer(context *corev1.SecurityContext, pod *corev1.PodSecurityContext) {
	if pod.RunAsUser == nil {
		setDefault(&context.RunAsUser, c.UIDs.First)
	}
	if pod.RunAsNonRoot == nil {
		setDefault(&context.RunAsNonRoot, true)
	}
	setDefault(&context.AllowPrivilegeEscalation, false)
	dropAll(context)
}

func dropAll(context *corev1.SecurityContext) {
	if context.Capabilities == nil {
		context.Capabilities = &corev1.Capabilities{}
	}
	if !slices.Contains(context.Capabilities.Drop, all) {
		context.Capabilities.Drop = append(context.Capabilities.Drop, all)
	}
}

func setDefault[T any](field **T, value T) {
	if *field == nil {
		*field = ptr.To(value)
	}
}
