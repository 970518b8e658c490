package scc

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Name of the constraint, as pods carry it in the annotation Annotation.
const (
	Name       = "restricted-v2"
	Annotation = "openshift.io/scc"
)

// Constraint is restricted-v2 with the ids and the SELinux level of one namespace.
type Constraint struct {
	UIDs   Range
	Groups Range
	Level  string
}

// ForNamespace reads what the namespace was given.
func ForNamespace(namespace *corev1.Namespace) (Constraint, error) {
	uids, err := annotatedRange(namespace, UIDRange)
	if err != nil {
		return Constraint{}, err
	}
	groups, err := annotatedRange(namespace, SupplementalGroups)
	if err != nil {
		return Constraint{}, err
	}
	return Constraint{UIDs: uids, Groups: groups, Level: namespace.Annotations[MCS]}, nil
}

func annotatedRange(namespace *corev1.Namespace, annotation string) (Range, error) {
	text, found := namespace.Annotations[annotation]
	if !found {
		return Range{}, fmt.Errorf("namespace %s: unable to find annotation %s", namespace.Name, annotation)
	}
	// Supplemental groups may be several ranges; the first one gives fsGroup, as on OpenShift.
	first, _, _ := strings.Cut(text, ",")
	value, err := ParseRange(first)
	if err != nil {
		return Range{}, fmt.Errorf("namespace %s: annotation %s: %w", namespace.Name, annotation, err)
	}
	return value, nil
}
