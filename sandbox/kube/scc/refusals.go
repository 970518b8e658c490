package scc

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

const podPath = ".spec.securityContext"

// Refusal is OpenShift's message for a pod that restricted-v2 does not allow; empty if it allows the pod.
func (c Constraint) Refusal(pod *corev1.Pod) string {
	causes := c.causes(&pod.Spec)
	if len(causes) == 0 {
		return ""
	}
	providers := []string{unusable("anyuid")}
	for _, cause := range causes {
		providers = append(providers, "provider "+Name+": "+cause)
	}
	for _, name := range strings.Fields("restricted nonroot-v2 nonroot hostmount-anyuid hostnetwork-v2 hostnetwork hostaccess privileged") {
		providers = append(providers, unusable(name))
	}
	return "unable to validate against any security context constraint: [" + strings.Join(providers, ", ") + "]"
}

// unusable is what OpenShift says, too, of the constraints that an ordinary user's pod may not use.
func unusable(name string) string {
	return fmt.Sprintf("provider %q: Forbidden: not usable by user or serviceaccount", name)
}

func (c Constraint) causes(spec *corev1.PodSpec) []string {
	var found causes
	found.host(spec)
	found.volumes(spec.Volumes)
	context := podContext(spec)
	found.groups(c.Groups, context.FSGroup)
	found.level(c.Level, podPath, context.SELinuxOptions)
	found.seccomp(podPath, context.SeccompProfile)
	for _, container := range containers(spec) {
		own := container.read()
		found.user(c.UIDs, container.path, context.RunAsUser, own.RunAsUser)
		found.level(c.Level, container.path, own.SELinuxOptions)
		found.seccomp(container.path, own.SeccompProfile)
		found.privileges(container.path, own)
		found.capabilities(container.path, own.Capabilities)
		found.hostPorts(container.path, container.ports)
	}
	return found
}

// causes collects why a pod is refused, each in OpenShift's words.
type causes []string

func (f *causes) invalid(field string, value any, reason string) {
	*f = append(*f, fmt.Sprintf("%s: Invalid value: %#v: %s", field, value, reason))
}

func (f *causes) host(spec *corev1.PodSpec) {
	asked := []struct {
		field, name string
		value       bool
	}{
		{"hostNetwork", "Host network", spec.HostNetwork},
		{"hostPID", "Host PID", spec.HostPID},
		{"hostIPC", "Host IPC", spec.HostIPC},
	}
	for _, host := range asked {
		if host.value {
			f.invalid(podPath+"."+host.field, true, host.name+" is not allowed to be used")
		}
	}
}

func (f *causes) groups(allowed Range, group *int64) {
	if group == nil || !allowed.Contains(*group) {
		asked := ptr.Deref(group, 0)
		f.invalid(podPath+".fsGroup", []int64{asked}, fmt.Sprintf("%d is not an allowed group", asked))
	}
}

func (f *causes) user(allowed Range, path string, pod, own *int64) {
	user := own
	if user == nil {
		user = pod
	}
	if user == nil || !allowed.Contains(*user) {
		f.invalid(path+".runAsUser", ptr.Deref(user, 0), fmt.Sprintf("must be in the ranges: [%d, %d]", allowed.First, allowed.Last()))
	}
}

func (f *causes) level(required, path string, options *corev1.SELinuxOptions) {
	if options != nil && options.Level != required {
		f.invalid(path+".seLinuxOptions.level", options.Level, "must be "+required)
	}
}

func (f *causes) seccomp(path string, profile *corev1.SeccompProfile) {
	if profile != nil && profile.Type != corev1.SeccompProfileTypeRuntimeDefault {
		f.invalid(path+".seccompProfile.type", string(profile.Type), "is not an allowed seccomp profile. Valid values are [runtime/default]")
	}
}

func (f *causes) privileges(path string, context corev1.SecurityContext) {
	if ptr.Deref(context.Privileged, false) {
		f.invalid(path+".privileged", true, "Privileged containers are not allowed")
	}
	if ptr.Deref(context.AllowPrivilegeEscalation, true) {
		f.invalid(path+".allowPrivilegeEscalation", true, "Allowing privilege escalation for containers is not allowed")
	}
}

func (f *causes) capabilities(path string, capabilities *corev1.Capabilities) {
	if capabilities == nil {
		return
	}
	for _, capability := range capabilities.Add {
		if capability != "NET_BIND_SERVICE" {
			f.invalid(path+".capabilities.add", string(capability), "capability may not be added")
		}
	}
}

func (f *causes) hostPorts(path string, ports []corev1.ContainerPort) {
	for _, port := range ports {
		if port.HostPort != 0 {
			f.invalid(path+".hostPort", port.HostPort, "Host ports are not allowed to be used")
		}
	}
}
