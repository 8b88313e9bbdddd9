package main

import (
	"strings"
	"sync"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
)

// answerError: an answer that a question does not take, in the user's language.
type answerError struct{ said string }

func (e *answerError) Error() string { return e.said }

// phrase is something that survey says in English (v2.3.7), and the message for it.
type phrase struct{ english, id string }

var (
	selectPhrases = []phrase{
		{"Use arrows to move, type to filter", "prompt.select"},
		{", {{ .Config.HelpInput }} for more help", "prompt.more-help"},
	}
	inputPhrases   = []phrase{{"{{ print .Config.HelpInput }} for help", "prompt.help"}}
	helpPhrases    = []phrase{{"{{ .Config.HelpInput }} for help", "prompt.help"}}
	confirmPhrases = append([]phrase{{"{{.Answer}}", "prompt.answer"}}, helpPhrases...)
	errorPhrases   = []phrase{{"Sorry, your reply was invalid: {{ .Error.Error }}", "prompt.invalid"}}
)

var speakOnce sync.Once

// speakPrompts has survey ask in the user's language. Its words stand in templates that
// are variables of its package, so that this is done once, before the first question.
// What a message has in double square brackets is for survey's template to fill in.
func (u *ui) speakPrompts() {
	speakOnce.Do(func() {
		for template, phrases := range map[*string][]phrase{
			&survey.SelectQuestionTemplate: selectPhrases, &survey.InputQuestionTemplate: inputPhrases,
			&survey.PasswordQuestionTemplate: helpPhrases, &survey.ConfirmQuestionTemplate: confirmPhrases,
			&survey.ErrorTemplate: errorPhrases,
		} {
			for _, p := range phrases {
				*template = strings.ReplaceAll(*template, p.english, unbracketed.Replace(u.text(p.id)))
			}
		}
		words := map[string]any{"invalid": u.invalid, "yesNo": u.yesNo}
		for name, word := range words {
			core.TemplateFuncsWithColor[name], core.TemplateFuncsNoColor[name] = word, word
		}
	})
}

var unbracketed = strings.NewReplacer("[[", "{{", "]]", "}}")

// invalid says what is wrong with an answer. Only the question for yes or no has an error
// of its own.
func (u *ui) invalid(err error) string {
	if own, ok := err.(*answerError); ok {
		return own.said
	}
	return u.text("prompt.yes-or-no")
}

// yesNo is the answer to such a question, as survey has it.
func (u *ui) yesNo(answer string) string {
	if answer == "Yes" {
		return u.text("prompt.yes")
	}
	return u.text("prompt.no")
}
