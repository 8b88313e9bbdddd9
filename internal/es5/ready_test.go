package es5

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// minified is long enough, and ES5; %s is where a test puts something in.
const minified = `!function(e,t){"object"==typeof exports?module.exports=t():e.Chat=t()}(this,function(){function d(e,t){for(var n=0,o=Array(t);n<t;n++)o[n]=e[n];return o}` +
	`var a=/[/"]/g,b={a:1,"b":2,3:4,get:1,get c(){return 1},set c(e){a=e},default:a,for:b};switch(a){case 1:{b.new=1}case a?{}:[]:default:{b=1}}%s;return{d:d}});`

func TestReadyMade(t *testing.T) {
	for _, test := range []struct {
		added   string
		helpers string
		args    int
	}{
		{``, "typeof", 1},
		{`d(function(){},1,function(e){});(function(e){})(function(){})`, "typeof", 4},
		{`a=b.class,a=b.of,a=b.let,a=async,a=of(1)`, "typeof", 1},
		{`a[0]=1;b[d(1)]={a:b}`, "typeof", 1},
		{`a=b/2/c;a=/=['"]/.test(b);if(a)/'/.test(b);a=(b)/2`, "typeof", 1},
		{`a.includes(1);a=Object.values(b),a=Object.entries(b)`, "Arrayincludes Objectentries Objectvalues typeof", 1},
		{`[1].includes(1)`, "Arrayincludes typeof", 1},
		{`a.b.includes(1);a().includes(1);d.values(1)`, "typeof", 1},
		{`try{a()}catch(e){}finally{}`, "typeof", 1},
	} {
		source := strings.Replace(minified, "%s", test.added, 1)
		got, ok := ReadyMade([]byte(source))
		if want := (Ready{len(source), test.args, strings.Fields(test.helpers)}); !ok || cmp.Diff(want, got) != "" {
			t.Errorf("%s: %t %s", test.added, ok, cmp.Diff(want, got))
		}
		if slow, err := Lower("a.js", []byte(source)); err != nil || cmp.Diff(slow.Helpers, got.Helpers) != "" || slow.Args != got.Args {
			t.Errorf("%s: Lower finds %v and %d arguments, %v", test.added, slow.Helpers, slow.Args, err)
		}
	}
}

// TestReadyMadeTypeof: the helper is needed only where it may be an object that is looked at.
func TestReadyMadeTypeof(t *testing.T) {
	for added, needed := range map[string]bool{
		`a="function"==typeof b`: false, `a=typeof b.c=="string"`: false, `a=typeof b!==c`: true, `a=typeof b`: true,
		`a="symbol"==typeof b`: true, `a=typeof b[0]==="object"`: true, `a="undefined"!=typeof b&&"string"==c`: false,
	} {
		source := strings.Replace(strings.Replace(minified, `"object"==`, `"function"==`, 1), "%s", added, 1)
		got, ok := ReadyMade([]byte(source))
		slow, err := Lower("a.js", []byte(source))
		if !ok || (len(got.Helpers) > 0) != needed || err != nil || (len(slow.Helpers) > 0) != needed {
			t.Errorf("%s: %t %v, Lower %v, %v", added, ok, got.Helpers, slow.Helpers, err)
		}
	}
}

// TestReadyMadeNot: anything newer is found, and what a minifier would make less of.
func TestReadyMadeNot(t *testing.T) {
	for _, added := range []string{
		"a=e=>e", "let f=1", "const f=1", "class F{}", "a=`b`", "a=b?.c", "a=b??c", "a**=2", "a&&=b", "d(...a)", "a={b,c:1}", "a={b(){}}",
		"a={[b]:1}", "a={...b}", "a={get[b](){}}", "function f(a=1){}", "function f({a}){}", "function*f(){}", "async function f(){}", "for(a of b);", "var{f}=a", "[a,b]=c",
		"({a:b}=c)", "var f={a:b},{c:g}=a", "try{}catch{}", "a=1n", "a=1_0", "a=0b1", "a=0o7", "a=/b/u", "a=/(?<b>c)/", "a=new.target", "import('b')", "a=super.b",
		"a=(", "a=}", "a='b", "var " + strings.Repeat("f=1 ,  ", 60) + "g", `a="` + strings.Repeat(`\u4e2d`, 9) + `"`, "function f(element,callback,argument){}",
	} {
		source := strings.Replace(minified, "%s", added, 1)
		if _, ok := ReadyMade([]byte(source)); ok {
			t.Errorf("taken for ready: %s", added)
		}
	}
	source := strings.Replace(minified, "%s", "", 1)
	for _, not := range []string{"", "x", "var z=1;" + source, source + "function z(){}", strings.ReplaceAll(source, ";", ";\n"), strings.Repeat("a({b:1});", 100)} {
		if _, ok := ReadyMade([]byte(not)); ok {
			t.Errorf("taken for ready: %.40s", not)
		}
	}
}

func FuzzReadyMade(f *testing.F) {
	f.Add(strings.Replace(minified, "%s", "", 1))
	f.Add(minified + "]})`${")
	f.Fuzz(func(t *testing.T, source string) {
		if ready, ok := ReadyMade([]byte(source)); ok && (ready.Bytes > len(source) || ready.Bytes < 0) {
			t.Errorf("%+v of %d bytes", ready, len(source))
		}
	})
}
