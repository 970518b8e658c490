package definitions

import configv1 "github.com/openshift/api/config/v1"

const plain = "plain"

// flavour is what a platform gives to the cluster that runs on it.
type flavour struct {
	platform       configv1.PlatformType
	storageClasses []storageClass
}

// The names are those that clusters on the platform have; the sandbox's provisioner answers to them.
var flavours = map[string]flavour{
	"aws": {
		platform: configv1.AWSPlatformType,
		storageClasses: []storageClass{
			{name: "gp3-csi", provisioner: "ebs.csi.aws.com", parameters: map[string]string{"encrypted": "true", "type": "gp3"}},
		},
	},
	"cnv": {
		platform: configv1.NonePlatformType,
		storageClasses: []storageClass{
			{name: "ocs-external-storagecluster-ceph-rbd", provisioner: "openshift-storage.rbd.csi.ceph.com", immediate: true},
		},
	},
	plain: {
		storageClasses: []storageClass{{name: "standard", provisioner: "rancher.io/local-path", fixed: true}},
	},
}

func flavourNames() []string { return []string{"aws", "cnv", plain} }
