package scc

import "testing"

func TestTheSameNameGetsTheSameBlock(t *testing.T) {
	if Allocate("litemaas", nil) != Allocate("litemaas", nil) {
		t.Error("a namespace made again must get the ids its files belong to")
	}
}

func TestATakenBlockIsNotHandedOutAgain(t *testing.T) {
	taken := map[Block]bool{}
	for range 3 {
		block := Allocate("litemaas", taken)
		if taken[block] {
			t.Fatalf("block %d was handed out twice", block)
		}
		taken[block] = true
	}
}

func TestTheLastBlockIsFollowedByTheFirst(t *testing.T) {
	last := Block(blocks - 1)
	taken := map[Block]bool{}
	for block := Allocate("litemaas", nil); block <= last; block++ {
		taken[block] = true
	}
	if got := Allocate("litemaas", taken); got != 0 {
		t.Errorf("got block %d, want 0", got)
	}
}

func TestRangeOfABlock(t *testing.T) {
	uids := Block(66).UIDs()
	if got, want := uids.String(), "1000660000/10000"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if block, ok := uids.Block(); !ok || block != 66 {
		t.Errorf("the range leads back to block %d, %t", block, ok)
	}
	for id, inside := range map[int64]bool{1000659999: false, 1000660000: true, 1000669999: true, 1000670000: false} {
		if uids.Contains(id) != inside {
			t.Errorf("%d inside: want %t", id, inside)
		}
	}
}

func TestEachBlockHasCategoriesOfItsOwn(t *testing.T) {
	seen := map[string]Block{}
	for block := range Block(1000) {
		level := block.MCS()
		if other, found := seen[level]; found {
			t.Fatalf("blocks %d and %d share %s", other, block, level)
		}
		seen[level] = block
	}
}

func TestParseRange(t *testing.T) {
	for text, want := range map[string]Range{"1000660000/10000": {1000660000, 10000}, "1-3": {1, 3}} {
		if got, err := ParseRange(text); err != nil || got != want {
			t.Errorf("%s: got %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "5", "a/b", "3-1", "1/0"} {
		if got, err := ParseRange(text); err == nil {
			t.Errorf("%q was taken for %v", text, got)
		}
	}
}
