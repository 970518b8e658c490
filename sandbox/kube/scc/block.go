package scc

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"
)

const (
	firstUID  = 1000000000
	blockSize = 10000
	blocks    = 100000
)

// Block numbers one of the ranges of user ids that the cluster hands out, one to a namespace.
type Block uint32

// Allocate gives a namespace a block that is not taken: always the same for the same name when it is free.
func Allocate(namespace string, taken map[Block]bool) Block {
	hash := fnv.New32a()
	hash.Write([]byte(namespace))
	block := Block(hash.Sum32() % blocks)
	for taken[block] {
		block = (block + 1) % blocks
	}
	return block
}

// UIDs are the block's user ids; its group ids are the same numbers.
func (b Block) UIDs() Range {
	return Range{First: firstUID + int64(b)*blockSize, Size: blockSize}
}

// MCS is the block's SELinux level: a pair of categories of its own.
func (b Block) MCS() string {
	low, high := int(b), 1
	for low >= high { // the pairs (high, low) in order: (1,0), (2,0), (2,1), (3,0), ...
		low -= high
		high++
	}
	return fmt.Sprintf("s0:c%d,c%d", high, low)
}

// Range of user or group ids, written first/size.
type Range struct{ First, Size int64 }

// ParseRange reads "first/size" or "first-last", the two forms OpenShift's annotations take.
func ParseRange(text string) (Range, error) {
	if first, last, ok := numbers(text, "-"); ok && last >= first {
		return Range{First: first, Size: last - first + 1}, nil
	}
	if first, size, ok := numbers(text, "/"); ok && size > 0 {
		return Range{First: first, Size: size}, nil
	}
	return Range{}, fmt.Errorf("%q is no range of ids: want first/size, for example 1000660000/10000", text)
}

func numbers(text, separator string) (int64, int64, bool) {
	left, right, found := strings.Cut(text, separator)
	first, err := strconv.ParseInt(left, 10, 64)
	second, err2 := strconv.ParseInt(right, 10, 64)
	return first, second, found && err == nil && err2 == nil
}

// Block is the one the range begins in, if the cluster could have handed it out.
func (r Range) Block() (Block, bool) {
	index := (r.First - firstUID) / blockSize
	return Block(index), r.First >= firstUID && index < blocks
}

// Last id of the range.
func (r Range) Last() int64 { return r.First + r.Size - 1 }

// Contains tells whether the id lies in the range.
func (r Range) Contains(id int64) bool { return r.First <= id && id <= r.Last() }

func (r Range) String() string { return fmt.Sprintf("%d/%d", r.First, r.Size) }
