package wxs

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// summary is "kind@offset+length name", with a "~" in front of silent faults.
func summary(m *Module) string {
	var all []string
	for _, f := range m.Faults {
		silent := ""
		if f.Silent {
			silent = "~"
		}
		all = append(all, fmt.Sprintf("%s%s@%d+%d %s", silent, kindNames[f.Kind], f.Offset, f.Length, f.Name))
	}
	return strings.Join(all, "; ")
}

var kindNames = map[FaultKind]string{
	Syntax: "syntax", Unsupported: "unsupported", Reserved: "reserved", Character: "character", Number: "number",
	StringBreak: "break", Shorthand: "shorthand", Unterminated: "unterminated", Misplaced: "misplaced",
	BareThis: "this", CaseLabel: "case", DefaultPlace: "default", Require: "require",
}

// Each of these was compiled by wcc (v0.5vv_20200413), without an error.
func TestAccepted(t *testing.T) {
	for _, src := range []string{
		"", ";", "// c", "/* open", "var a", "var a=1,b=2;c()", "a\n.b\n(c)", "a=b=c", "a?b:c?d:e", "a,b", "void 0",
		"function f(a=1,b){return a;return;}", "function(){} a", "function f(){return\n1}",
		"function f(){return a}", "function f(){a b}", "if(a)b else c", "if(a)b c", "if(a){}else if(b){}else{}", "if(a){b}\n\nelse{c}",
		"for(;;){}", "for(var i=0;i<n;i++)a", "for(i=0,j=1;i<1;i++,j++){}", "while(a)b", "while(a){if(b)break;else continue}", "do{a}while(b)c",
		"switch(a){}", "switch(a){case 1:case -2:b;break;case \"x\":case y:default:c}", "switch(true){case true:{break}default:{}}",
		"module.exports={a:1,'b-c':2,}", "var a={b:1 c:2}", "{a:1}.b", "f({a,b})", "[{a}]", "function f(){return {a}}", "a||{}", "({a:1}).a",
		"var a=[1,,2,]", "f(a,)", "(function(){})()", "!function(){}()", "typeof a=='b'", "delete a.b", "a+++b", "a\n++b",
		"1..toString()", "01", "1.5.a()", "'\\x41\\u4e2d\\\n'", `"中"`, "var a=\"", "a/b/c", "a<!--b",
		"this.a=1", "f(this)", "a=this[b]", "a?this:b", "function f(){return this}", "function f(){f(arguments);a=arguments[0]}",
		"getRegExp('x','g').test(a)", "getDate()", "a.class.new.in", "var let=1,async=2", "debugger", "let\na=1", "new.target",
		"require('./c.wxs').a", "require\n( '/c.wxs' )", "var a=require(\"c.wxs\"),b", "x.y.z", "if a.b {}", "a\x00 b ` c", "a;\r\nb",
	} {
		if got := summary(Parse([]byte(src))); got != "" {
			t.Errorf("%q: %s; wcc takes it", src, got)
		}
	}
}

// Each of these was refused by wcc; those with a "~" it compiled into something else.
func TestFaults(t *testing.T) {
	for src, want := range map[string]string{
		"let a=1":                              "unsupported@0+3 let",
		"const a=1":                            "unsupported@0+5 const",
		"var a=()=>1":                          "unsupported@8+2 =>",
		"var a=x=>x":                           "unsupported@7+2 =>",
		"`x`":                                  "unsupported@0+1 template literal",
		"class A{}":                            "unsupported@0+5 class",
		"f(...a)":                              "unsupported@2+3 ...",
		"var [a]=b":                            "unsupported@4+1 destructuring",
		"for(var a in b){}":                    "unsupported@10+2 in",
		"for(a of b){}":                        "unsupported@6+2 of",
		"for(let i=0;;){}":                     "unsupported@4+3 let",
		"var a=/x/g":                           "unsupported@6+1 regular expression",
		"a=/=/":                                "unsupported@2+2 regular expression",
		"var a=new Date()":                     "unsupported@6+3 new",
		"f(new Date())":                        "unsupported@2+3 new",
		"try{}catch(e){}":                      "unsupported@0+3 try",
		"throw 'x'":                            "unsupported@0+5 throw",
		"a instanceof b":                       "unsupported@2+10 instanceof",
		"import a from 'b'":                    "unsupported@0+6 import",
		"export default {}":                    "unsupported@0+6 export",
		"async function f(){}":                 "unsupported@0+5 async",
		"a?.b":                                 "unsupported@1+2 ?.",
		"a**b":                                 "unsupported@1+2 **",
		"var a={x(){}}":                        "shorthand@7+1 x",
		"module.exports={a,b}":                 "shorthand@16+1 a",
		"module.exports={a:1,b}":               "shorthand@20+1 b",
		"var a={1:2}":                          "shorthand@7+1 1",
		"f({1:2})":                             "shorthand@3+1 1",
		"var a={[b]:1}":                        "shorthand@7+1 [",
		"var a={...b}":                         "unsupported@7+3 ...",
		"a.default":                            "reserved@2+7 default",
		"var a={if:1}":                         "reserved@7+2 if",
		"var if=1":                             "reserved@4+2 if",
		"function f(this){}":                   "reserved@11+4 this",
		"\ufeffvar a":                          "character@0+3 \ufeff",
		"$a=1":                                 "character@0+1 $",
		"a$b":                                  "character@1+1 $",
		"var 中":                                "character@4+3 中",
		"a；":                                   "character@1+3 ；",
		"var a=0x1F":                           "number@6+4 0x1F",
		"1e3":                                  "number@0+3 1e3",
		"a=.5":                                 "number@2+2 .5",
		"a='x\ny'":                             "break@2+2 ",
		"a b":                                  "unterminated@2+1 b",
		"var a=1 var b":                        "unterminated@8+3 var",
		"function f(){var a=1}":                "unterminated@20+1 }",
		"function f(){return}":                 "unterminated@19+1 }",
		"return 1":                             "misplaced@0+6 return",
		"break":                                "misplaced@0+5 break",
		"switch(a){case 1:continue}":           "misplaced@17+8 continue",
		"arguments[0]":                         "misplaced@0+9 arguments",
		"var self=this":                        "this@9+4 this",
		"function f(){a=arguments}":            "this@15+9 arguments",
		"switch(a){case b.c:d}":                "case@15+1 b",
		"switch(a){case null:d}":               "case@15+4 null",
		"switch(a){default:b}":                 "default@10+7 default",
		"switch(a){case 1:default:b;case 2:c}": "default@27+4 case",
		"require('./c')":                       "require@8+5 './c'",
		"require(a)":                           "require@8+1 a",
		"var require=1":                        "reserved@4+7 require",
		"function f(){":                        "syntax@13+0 ",
		"a+":                                   "syntax@2+0 ",
		"a={b:{}":                              "syntax@7+0 ",
		"}":                                    "syntax@0+1 }",
		"function f({a}){}":                    "unsupported@11+1 destructuring",
		"a.[b]":                                "syntax@2+1 [",
		"f((a)":                                "syntax@5+0 ",
		"x:for(;;){}":                          "syntax@1+1 :",
		"function f(){let a=1;new A()}":        "~unsupported@13+3 let; ~unsupported@21+3 new",
		"if(a){try{b}catch(e){}}":              "~unsupported@6+3 try",
		"function f(){return a in b}":          "~unsupported@22+2 in",
		"function f(){throw a\n}let b=1":       "~unsupported@13+5 throw; unsupported@22+3 let",
	} {
		if got := summary(Parse([]byte(src))); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}

func TestRefs(t *testing.T) {
	src := "// require('./no.wxs')\nvar a = require ( './a.wxs' ), s = \"require('./no.wxs')\"\nlet x = `\nrequire(\"../b\\x2ewxs\"); a.b('./no.wxs'); require(c)"
	want := []Ref{{"./a.wxs", 41, 9}, {`../b\x2ewxs`, 98, 13}}
	got := Parse([]byte(src)).Refs
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v: a fault hides no reference", got, want)
	}
	for _, ref := range got {
		if literal := src[ref.Offset : ref.Offset+ref.Length]; literal[1:len(literal)-1] != ref.Spec {
			t.Errorf("%q stands at the offset of %q", literal, ref.Spec)
		}
	}
}

func TestDeepAndLong(t *testing.T) {
	for _, unit := range []string{"(", "[", "{", "f(", "{a:", "a?", "!", "if(a)", "function f(){", "a.", "/", "'", "require(", "/*", "\\"} {
		start := time.Now()
		Parse([]byte(strings.Repeat(unit, 1<<20/len(unit))))
		if took := time.Since(start); took > time.Minute { // were it quadratic: hours
			t.Errorf("a megabyte of %q takes %v", unit, took)
		}
	}
	if got := summary(Parse([]byte(strings.Repeat("(", 200) + "a" + strings.Repeat(")", 199)))); got != "syntax@400+0 " {
		t.Errorf("200 parentheses, 199 of them closed: %q", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{script, "let a=1", "var a={b:1 c}", "require('./a.wxs')", "switch(a){case -1:", "'\\", "if a{}else", "\xff", "1.e", "for(var i=0;;"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		m := Parse(src)
		last := 0
		for i, fault := range m.Faults {
			if fault.Offset < last || fault.Length < 0 || fault.Offset+fault.Length > len(src) {
				t.Fatalf("fault %+v outside of the source, or out of order", fault)
			}
			if !fault.Silent && i != len(m.Faults)-1 {
				t.Fatalf("%+v: nothing is read behind a fault that stops wcc", m.Faults)
			}
			last = fault.Offset
		}
		for _, ref := range m.Refs {
			if !strings.Contains(string(src[ref.Offset:ref.Offset+ref.Length]), ref.Spec) {
				t.Fatalf("%+v is not what stands there", ref)
			}
		}
	})
}

const script = `// how long ago
var util = require('./util.wxs');
function ago(seconds, now) {
  var units = [{ name: 'd', size: 86400 }, { name: "h", size: 3600 }, { name: 'm', size: 60 }];
  for (var i = 0; i < units.length; i++) {
    var count = Math.floor((now - seconds) / units[i].size);
    if (count > 0 && !util.skip(units[i])) {
      return count + units[i].name;
    } else if (i === 7) {
      break;
    }
  }
  switch (typeof seconds) { case 'string': return 'now'; default: return seconds ? '刚刚' : ''; }
}
module.exports = {
  ago: ago,
  on: function (event, owner) { owner.callMethod('tap', { x: event.detail.x }); },
};
`

func BenchmarkParse(b *testing.B) {
	src := []byte(strings.Repeat(script, 50))
	if m := Parse(src); len(m.Faults) > 0 || len(m.Refs) != 50 {
		b.Fatal(summary(m), len(m.Refs))
	}
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		Parse(src)
	}
}
