// Package scc is what OpenShift's restricted-v2 security context constraint does to namespaces and pods.
package scc

import "regexp"

var platform = regexp.MustCompile(`^(default|kube-.*|openshift|openshift-.*)$`)

// Application tells whether a namespace is a user's: the platform's own are not constrained.
func Application(namespace string) bool { return !platform.MatchString(namespace) }

// Annotations and labels that OpenShift gives to an application's namespace.
const (
	UIDRange           = "openshift.io/sa.scc.uid-range"
	SupplementalGroups = "openshift.io/sa.scc.supplemental-groups"
	MCS                = "openshift.io/sa.scc.mcs"

	enforce = "pod-security.kubernetes.io/enforce"
	audit   = "pod-security.kubernetes.io/audit"
	warn    = "pod-security.kubernetes.io/warn"
)

// NamespaceAnnotations of a namespace to which the block is allocated.
func NamespaceAnnotations(block Block) map[string]string {
	return map[string]string{
		UIDRange:           block.UIDs().String(),
		SupplementalGroups: block.UIDs().String(),
		MCS:                block.MCS(),
	}
}

// NamespaceLabels make Pod Security refuse what the constraint would refuse.
func NamespaceLabels() map[string]string {
	return map[string]string{enforce: "restricted", audit: "restricted", warn: "restricted"}
}
