package policies

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	networkv1 "k8s.io/api/networking/v1"
)

// table is loaded as a whole: made if it is missing, emptied, and filled again.
const table = `table ip sandbox-policies {}
flush table ip sandbox-policies
table ip sandbox-policies {
%s	chain from {
		ip saddr vmap { %s }
	}
	chain to {
		ip daddr vmap { %s }
	}
	chain forward {
		type filter hook forward priority filter; policy accept;
		ct state established,related accept
		jump from
		jump to
	}
	chain input {
		type filter hook input priority filter; policy accept;
		ct state established,related accept
		jump from
	}
}
`

// nowhere keeps a map from being empty, which nft would not take.
const nowhere = "0.0.0.0 : return"

// chains of the pods that a policy selects, in one direction: each ends in a drop.
type chains struct {
	prefix string
	rules  map[string][]string // by the pod's address
}

func (c chains) add(pod *corev1.Pod, rules []string) {
	c.rules[pod.Status.PodIP] = append(c.rules[pod.Status.PodIP], rules...)
}

func (c chains) String() string {
	var text strings.Builder
	for _, address := range c.addresses() {
		fmt.Fprintf(&text, "\tchain %s {\n", c.name(address))
		for _, rule := range c.rules[address] {
			fmt.Fprintf(&text, "\t\t%s return\n", rule)
		}
		text.WriteString("\t\tdrop\n\t}\n")
	}
	return text.String()
}

func (c chains) verdicts() string {
	verdicts := []string{nowhere}
	for _, address := range c.addresses() {
		verdicts = append(verdicts, fmt.Sprintf("%s : jump %s", address, c.name(address)))
	}
	return strings.Join(verdicts, ", ")
}

func (c chains) addresses() []string {
	var found []string
	for address := range c.rules {
		found = append(found, address)
	}
	slices.Sort(found)
	return found
}

func (c chains) name(address string) string {
	return c.prefix + strings.ReplaceAll(address, ".", "-")
}

// ruleset is the whole table as nft reads it.
func ruleset(n network, policies []*networkv1.NetworkPolicy) string {
	out, in := chains{"out-", map[string][]string{}}, chains{"in-", map[string][]string{}}
	slices.SortFunc(policies, func(a, b *networkv1.NetworkPolicy) int {
		return strings.Compare(a.Namespace+"/"+a.Name, b.Namespace+"/"+b.Name)
	})
	for _, policy := range policies {
		for _, pod := range n.selected(policy.Namespace, &policy.Spec.PodSelector) {
			if slices.Contains(policy.Spec.PolicyTypes, networkv1.PolicyTypeEgress) {
				out.add(pod, egress(n, policy))
			}
			if slices.Contains(policy.Spec.PolicyTypes, networkv1.PolicyTypeIngress) {
				in.add(pod, ingress(n, policy))
			}
		}
	}
	return fmt.Sprintf(table, out.String()+in.String(), out.verdicts(), in.verdicts())
}

func egress(n network, policy *networkv1.NetworkPolicy) []string {
	var rules []string
	for _, rule := range policy.Spec.Egress {
		rules = append(rules, combined(peers(n, policy.Namespace, "ip daddr", rule.To), ports(rule.Ports))...)
	}
	return rules
}

func ingress(n network, policy *networkv1.NetworkPolicy) []string {
	var rules []string
	for _, rule := range policy.Spec.Ingress {
		rules = append(rules, combined(peers(n, policy.Namespace, "ip saddr", rule.From), ports(rule.Ports))...)
	}
	return rules
}

// combined is every match of one list together with every one of the other.
func combined(peers, ports []string) []string {
	var rules []string
	for _, peer := range peers {
		for _, port := range ports {
			rules = append(rules, strings.TrimSpace(peer+" "+port))
		}
	}
	return rules
}

// peers match the addresses of one rule; one rule without peers matches every address.
func peers(n network, namespace, field string, peers []networkv1.NetworkPolicyPeer) []string {
	if len(peers) == 0 {
		return []string{""}
	}
	var matches []string
	for _, peer := range peers {
		if peer.IPBlock != nil {
			matches = append(matches, block(field, peer.IPBlock)...)
		} else if found := n.addresses(namespace, peer.NamespaceSelector, peer.PodSelector); len(found) > 0 {
			matches = append(matches, fmt.Sprintf("%s { %s }", field, strings.Join(found, ", ")))
		}
	}
	return matches
}

// block matches an IPv4 block; the sandbox has no other addresses.
func block(field string, block *networkv1.IPBlock) []string {
	if strings.Contains(block.CIDR, ":") {
		return nil
	}
	match := fmt.Sprintf("%s %s", field, block.CIDR)
	if len(block.Except) > 0 {
		match += fmt.Sprintf(" %s != { %s }", field, strings.Join(block.Except, ", "))
	}
	return []string{match}
}
