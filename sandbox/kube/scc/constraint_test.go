package scc

import (
	"reflect"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

var constraint = Constraint{UIDs: Block(66).UIDs(), Groups: Block(66).UIDs(), Level: "s0:c26,c5"}

func pod(change func(*corev1.PodSpec)) *corev1.Pod {
	pod := &corev1.Pod{Spec: corev1.PodSpec{Containers: []corev1.Container{{
		Name: "web", SecurityContext: &corev1.SecurityContext{Capabilities: &corev1.Capabilities{}},
	}}}}
	if change != nil {
		change(&pod.Spec)
	}
	return pod
}

func TestAPodThatAsksForNothingGetsTheNamespacesIds(t *testing.T) {
	p := pod(nil)
	constraint.Default(p)
	if p.Annotations[Annotation] != "restricted-v2" {
		t.Errorf("annotations: %v", p.Annotations)
	}
	wantPod := &corev1.PodSecurityContext{
		FSGroup:        ptr.To[int64](1000660000),
		SELinuxOptions: &corev1.SELinuxOptions{Level: "s0:c26,c5"},
		SeccompProfile: &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeRuntimeDefault},
	}
	if !reflect.DeepEqual(p.Spec.SecurityContext, wantPod) {
		t.Errorf("pod: %v", p.Spec.SecurityContext)
	}
	wantContainer := &corev1.SecurityContext{
		AllowPrivilegeEscalation: ptr.To(false),
		Capabilities:             &corev1.Capabilities{Drop: []corev1.Capability{"ALL"}},
		RunAsNonRoot:             ptr.To(true),
		RunAsUser:                ptr.To[int64](1000660000),
	}
	if got := p.Spec.Containers[0].SecurityContext; !reflect.DeepEqual(got, wantContainer) {
		t.Errorf("container: %v", got)
	}
	if refusal := constraint.Refusal(p); refusal != "" {
		t.Errorf("refused: %s", refusal)
	}
}

func TestWhatAPodAsksForStays(t *testing.T) {
	p := pod(func(spec *corev1.PodSpec) {
		spec.SecurityContext = &corev1.PodSecurityContext{RunAsUser: ptr.To[int64](1000660007), FSGroup: ptr.To[int64](1000660008)}
	})
	constraint.Default(p)
	if *p.Spec.SecurityContext.FSGroup != 1000660008 || p.Spec.Containers[0].SecurityContext.RunAsUser != nil {
		t.Errorf("pod: %v", p.Spec)
	}
	if refusal := constraint.Refusal(p); refusal != "" {
		t.Errorf("refused: %s", refusal)
	}
}

func TestDefaultingTwiceChangesNothing(t *testing.T) {
	once, twice := pod(nil), pod(nil)
	constraint.Default(once)
	constraint.Default(twice)
	constraint.Default(twice)
	if !reflect.DeepEqual(once, twice) {
		t.Errorf("got %v, want %v", twice, once)
	}
}

func TestNetBindServiceMayBeAdded(t *testing.T) {
	p := pod(func(spec *corev1.PodSpec) {
		spec.Containers[0].SecurityContext.Capabilities.Add = []corev1.Capability{"NET_BIND_SERVICE"}
	})
	constraint.Default(p)
	if refusal := constraint.Refusal(p); refusal != "" {
		t.Errorf("refused: %s", refusal)
	}
}

func TestRefusals(t *testing.T) {
	context := func(spec *corev1.PodSpec) *corev1.SecurityContext { return spec.Containers[0].SecurityContext }
	unconfined := &corev1.SeccompProfile{Type: corev1.SeccompProfileTypeUnconfined}
	for cause, change := range map[string]func(*corev1.PodSpec){
		".containers[0].runAsUser: Invalid value: 0: must be in the ranges: [1000660000, 1000669999]": func(s *corev1.PodSpec) { context(s).RunAsUser = ptr.To[int64](0) },
		".containers[0].runAsUser: Invalid value: 1001: must be": func(s *corev1.PodSpec) {
			s.SecurityContext = &corev1.PodSecurityContext{RunAsUser: ptr.To[int64](1001)}
		},
		".spec.securityContext.fsGroup: Invalid value: []int64{5}: 5 is not an allowed group": func(s *corev1.PodSpec) {
			s.SecurityContext = &corev1.PodSecurityContext{FSGroup: ptr.To[int64](5)}
		},
		".spec.securityContext.seccompProfile.type: Invalid value: \"Unconfined\"": func(s *corev1.PodSpec) {
			s.SecurityContext = &corev1.PodSecurityContext{SeccompProfile: unconfined}
		},
		".spec.securityContext.hostNetwork: Invalid value: true: Host network is not allowed": func(s *corev1.PodSpec) { s.HostNetwork = true },
		".spec.securityContext.hostPID: Invalid value: true: Host PID is not allowed":         func(s *corev1.PodSpec) { s.HostPID = true },
		".spec.securityContext.hostIPC: Invalid value: true: Host IPC is not allowed":         func(s *corev1.PodSpec) { s.HostIPC = true },
		".containers[0].seccompProfile.type":                                                  func(s *corev1.PodSpec) { context(s).SeccompProfile = unconfined },
		".containers[0].seLinuxOptions.level": func(s *corev1.PodSpec) {
			context(s).SELinuxOptions = &corev1.SELinuxOptions{Level: "s0:c1,c0"}
		},
		".containers[0].privileged: Invalid value: true": func(s *corev1.PodSpec) { context(s).Privileged = ptr.To(true) },
		".containers[0].allowPrivilegeEscalation: Invalid value: true": func(s *corev1.PodSpec) {
			context(s).AllowPrivilegeEscalation = ptr.To(true)
		},
		".containers[0].capabilities.add: Invalid value: \"SYS_ADMIN\": capability may not be added": func(s *corev1.PodSpec) {
			context(s).Capabilities.Add = []corev1.Capability{"SYS_ADMIN"}
		},
		".containers[0].hostPort: Invalid value: 80: Host ports are not allowed": func(s *corev1.PodSpec) {
			s.Containers[0].Ports = []corev1.ContainerPort{{HostPort: 80}}
		},
		".initContainers[0].runAsUser": func(s *corev1.PodSpec) {
			s.InitContainers = []corev1.Container{{SecurityContext: &corev1.SecurityContext{RunAsUser: ptr.To[int64](0)}}}
		},
		"spec.volumes[0]: Invalid value: \"hostPath\": hostPath volumes are not allowed to be used": func(s *corev1.PodSpec) {
			s.Volumes = []corev1.Volume{{VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/"}}}}
		},
	} {
		p := pod(change)
		constraint.Default(p)
		refusal := constraint.Refusal(p)
		if !strings.HasPrefix(refusal, "unable to validate against any security context constraint: [") || !strings.Contains(refusal, "provider restricted-v2: "+cause) {
			t.Errorf("want %s\ngot %s", cause, refusal)
		}
	}
}

func TestThePlatformsNamespacesAreFree(t *testing.T) {
	for name, application := range map[string]bool{
		"litemaas": true, "models": true, "openshifty": true, "kubernetes": true, "default-2": true,
		"default": false, "kube-system": false, "openshift": false, "openshift-config-managed": false,
	} {
		if Application(name) != application {
			t.Errorf("%s is an application's namespace: want %t", name, application)
		}
	}
}

func TestANamespaceWithoutRangeIsNamed(t *testing.T) {
	namespace := &corev1.Namespace{}
	namespace.Name = "litemaas"
	if _, err := ForNamespace(namespace); err == nil || !strings.Contains(err.Error(), "namespace litemaas: unable to find annotation openshift.io/sa.scc.uid-range") {
		t.Errorf("got %v", err)
	}
	namespace.Annotations = NamespaceAnnotations(66)
	if got, err := ForNamespace(namespace); err != nil || got.UIDs != Block(66).UIDs() || got.Level != Block(66).MCS() {
		t.Errorf("got %v, %v", got, err)
	}
}
