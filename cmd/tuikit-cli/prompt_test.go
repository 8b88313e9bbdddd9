//go:build unix

package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/AlecAivazis/survey/v2"

	"github.com/tuikit-cli/tuikit-cli/internal/msg"
)

// TestSurveySaysWhatWeReplace: another version of survey may say it in other words.
func TestSurveySaysWhatWeReplace(t *testing.T) {
	u := screenFor("--lang", "zh")
	for template, phrases := range map[string][]phrase{
		survey.SelectQuestionTemplate: selectPhrases, survey.InputQuestionTemplate: inputPhrases,
		survey.PasswordQuestionTemplate: helpPhrases, survey.ConfirmQuestionTemplate: confirmPhrases, survey.ErrorTemplate: errorPhrases,
	} {
		for _, p := range phrases {
			if !strings.Contains(template, p.english) {
				t.Errorf("no %q in %s", p.english, template)
			}
			template = strings.ReplaceAll(template, p.english, unbracketed.Replace(u.text(p.id)))
		}
		for _, word := range []string{"Sorry", "Use arrows to move, type to filter", "for help", "for more help"} {
			if strings.Contains(template, word) {
				t.Errorf("%q is left in %s", word, template)
			}
		}
	}
}

func TestInvalidAnswers(t *testing.T) {
	u := screenFor("--lang", "zh")
	if got := u.invalid(&answerError{"own"}); got != "own" {
		t.Error(got)
	}
	if got := u.invalid(errors.New("any other")); got != msg.T("prompt.yes-or-no").In(msg.Chinese) {
		t.Error(got)
	}
}

// Everything that survey says by itself is Chinese, too: how to choose, that there is
// help, what is wrong with an answer, and yes.
func TestPromptsSayNothingInEnglish(t *testing.T) {
	t.Parallel()
	dir, uikit := plainProject(t)
	term := start(t, dir, []string{"LANG=zh_CN.UTF-8"}, "init", "--uikit", uikit, "--no-install")
	term.answer("方向键选择，输入可筛选", enter)
	term.answer("? 查看帮助", "?", enter)
	term.answer("控制台查看", "14x", enter)
	term.answer("输入无效：请输入数字", "1400000000", enter)
	term.answer("userID（可留空", strings.Repeat("x", 33), enter)
	term.answer("输入无效：userID 最长 32 字节", "alice", enter)
	term.answer("SecretKey 密钥", enter)
	term.answer("写入以上内容？", "maybe", enter)
	term.answer("输入无效：请输入 y 或 n", "y", enter)
	term.wantExit(exitDone)
	for _, word := range []string{"Sorry", "arrows", "help", "Yes", "invalid"} {
		if strings.Contains(term.plain(), word) {
			t.Errorf("%q is on the screen:\n%s", word, term.plain())
		}
	}
}
