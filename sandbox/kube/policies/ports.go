package policies

import (
	"fmt"
	"log"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkv1 "k8s.io/api/networking/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// ports match those of one rule; a rule without ports matches every one.
func ports(ports []networkv1.NetworkPolicyPort) []string {
	if len(ports) == 0 {
		return []string{""}
	}
	var matches []string
	for _, port := range ports {
		if port.Port != nil && port.Port.Type == intstr.String {
			log.Printf("port %s: ports by name are not supported, so it allows nothing", port.Port.StrVal)
			continue
		}
		matches = append(matches, match(port))
	}
	return matches
}

func match(port networkv1.NetworkPolicyPort) string {
	protocol := strings.ToLower(string(corev1.ProtocolTCP))
	if port.Protocol != nil {
		protocol = strings.ToLower(string(*port.Protocol))
	}
	switch {
	case port.Port == nil:
		return "meta l4proto " + protocol
	case port.EndPort == nil:
		return fmt.Sprintf("%s dport %d", protocol, port.Port.IntVal)
	default:
		return fmt.Sprintf("%s dport %d-%d", protocol, port.Port.IntVal, *port.EndPort)
	}
}
