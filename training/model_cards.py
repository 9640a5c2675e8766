"""Writes card.md of the masked, translator, digits, sentiment and entities models from what was measured.

    python3 -m training.model_cards masked [...]

Reads public/models/<id>/evaluation.json and the run's summary.json and export.json; no number is typed by hand.
"""
from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

TATOEBA = "everyday sentences of the Tatoeba Project (CC BY 2.0 FR), https://tatoeba.org"
LICENCE = "The weights are released under the project's MIT licence."


def percent(measured: dict[str, Any]) -> str:
    """97.1 % (96.0–97.9)"""
    low, high = measured["interval"]
    return f"{measured['value']:.1%} ({low * 100:.1f}–{high * 100:.1f})".replace("%", " %", 1)


def _training(run: dict[str, Any], what: str) -> str:
    schedule = run["schedule"]
    earlier = f"Begun from the weights of an earlier run ({run['earlier']}). " if run.get("earlier") else ""
    note = f" ({run['note']})" if run.get("note") else ""
    return (f"{earlier}{run['steps']:,} steps of {what}, AdamW, peak learning rate {schedule['peak']:g}, warm-up and cosine{note}, seed {run['seed']}; "
            f"{run['seconds'] / 60:.0f} minutes on {run.get('machine', 'a share of one CPU core (bfloat16 products, float32 weights)')}.")


def _shipped(run: dict[str, Any]) -> str:
    text = (f"{run['parameters']:,} parameters, {run['bytes'] / 1e6:.2f} MB transferred, F16, each tensor rounded to a power-of-two grid "
            f"of its own (at least {run['fineness']} steps to a standard deviation)")
    if "exact_loss" in run:
        text += f"; loss on a validation sample {run['exact_loss']:.4f} before and {run['shipped_loss']:.4f} after rounding"
    return text + "."


def masked(facts: dict[str, Any], run: dict[str, Any]) -> str:
    resolve, head, other = facts["resolve"], facts["resolve"]["best_head"], facts["resolve"]["shown_head"]
    same = (head["layer"], head["head"]) == (other["layer"], other["head"])
    rows = "\n".join(f"| {name.replace('_', ' ')} | {percent(each['accuracy'])} | {percent(each['best_head_accuracy'])} |"
                     + ("" if same else f" {percent(each['shown_head_accuracy'])} |") for name, each in resolve.items() if "accuracy" in each)
    rows += "\n" + "\n".join(f"| {name.replace('_', ' ')} | {percent(each['accuracy'])} | {percent(each['best_head_accuracy'])} |" + ("" if same else " |")
                             for name, each in facts["other_sets"].items())
    columns = f"| sentences | word | L{head['layer']}H{head['head']} |" + ("" if same else f" L{other['layer']}H{other['head']} |")
    columns += "\n" + "|---" * (3 if same else 4) + "|"
    words = "\n".join(f"| {name} | {each['loss']:.3f} | {percent(each['top_1'])} | {percent(each['top_5'])} |"
                      for name, each in facts["masked_words"].items())
    shown = "\n".join(f"- {each['text']} At *it*: " + ", ".join(
        f"{noun} {probability:.1%} (attention {each['shown_head_weight'][noun]:.3f})" for noun, probability in each["probability"].items())
        for each in facts["shown"])
    trees = "\n".join(f"| {name} | {each['sentences']} | {percent(each['edges'])} | {percent(each['neighbours'])} |"
                      for name, each in facts["impact_trees"].items())
    return f"""# Masked

A small BERT for English and Chinese (4 layers × 6 heads, d_model 192, context 128, WordPiece in lower case with every
Chinese character a piece of its own). It fills in [MASK] and *resolves*: at a pronoun that is not masked, its
likeliest word is the noun that the pronoun stands for. It has a next-sentence head too: does an English passage follow another, or was it
taken from elsewhere?

It guesses words from short contexts, knows little about the world, and is meant for looking at its attention.

## Training

Text: {TATOEBA}, English and Chinese; 40 public-domain novels and stories (courtesy of Standard Ebooks); public-domain
fairy tales as collected by FairytaleQA. {run['masked']:.0%} of the tokens are judged (80 % [MASK], 10 % another
token, 10 % left; a pronoun is never left), in pairs of passages as many, 15 % or none, and 15 % in the results below. Half of the passages have a second segment that follows, half a random one.

*Resolve* is taught with sentences that a grammar of ours generates (training/grammar.py, grammar_zh.py): two nouns, a
pronoun, and a property, gender, number or kind that fits one of the two. At the pronoun the target is the antecedent's
word (in Chinese its last character), so a head that finds antecedents is learned, not decreed, and it is learned for such
sentences. One noun pair in ten (resolve_held_out.tsv) and eight of the English frames are never trained on; the sentences
that the app shows are among what is held out.

{_training(run, f"{run['rows'][0]} passages (of 96 tokens), {run['rows'][1]} sentences and {run['rows'][2]} resolve sentences")}
In it next sentence weighs {run['weights']['next']:g}, and a penalty ({run['weights']['patterns']:g} times the divergence from the earlier run's patterns, but for
what [CLS] looks at) keeps each head at what it did. {_shipped(run)} Code: training/train_masked.py, then training/refine_masked.py.

## Results

At the shipped weights, 95 % intervals in brackets.

| masked words, held-out | loss (nats) | first guess | first five |
|---|---|---|---|
{words}

Next sentence: {percent(facts['next_sentence'])}, where a guess is right half of the time, when the random passage is from anywhere in
the held-out text. From elsewhere in the same chapter, it is right about half of the time: it reads what a passage is about, not the order.

Resolve: the antecedent's word is likelier than the other noun's; and head L{head['layer']}H{head['head']} (chosen on
{head['chosen_on']} other held-out sentences) attends more to the antecedent than to the other noun. L{other['layer']}H{other['head']} is the head that
the app's lessons show, chosen before on the earlier run's weights in the same way, among the heads that find both antecedents of the two *street* sentences
below. The last four sets were
written by others and never trained on: a model of this size is near chance on them, and so it should be read.

{columns}
{rows}

Sentences that the app shows, with the attention of L{other['layer']}H{other['head']}:

{shown}

Trees by perturbed masking (Wu et al. 2020) on sentences of at most 25 words: the share of the treebank's edges that they
have, beside the share that joins neighbours; without directions and punctuation.

| treebank | sentences | trees | neighbours |
|---|---|---|---|
{trees}

They find fewer than neighbours do: what this model's impacts know of grammar is little.

Scores of every head, and heads for dependency relations (Clark et al. 2019) against fixed offsets: evaluation.json.

## Licence and credits

{LICENCE} Sentences: Tatoeba Project, CC BY 2.0 FR. Prose: Standard Ebooks, https://standardebooks.org. Fairy tales:
FairytaleQA (Apache-2.0), https://github.com/uci-soe/FairytaleQAData. Judged with: Winograd Schema Challenge (CC BY 4.0),
Winogender and WinoBias (MIT), Universal Dependencies (CC BY-SA); none of them is shipped.

`python3 -m training.expand public/models/masked` writes model.safetensors for other tools.
"""


def translator(facts: dict[str, Any], run: dict[str, Any]) -> str:
    rows = "\n".join(f"| English → {name} | {each['pairs']:,} | {each['chrf']:.1f} | {each['beams']['chrf']:.1f} | {each['bleu']:.1f} | {each['bleu_all_references']:.1f} | "
                     f"{each['exact']:.1%} | {each['loss_per_token']:.3f} | {each['loss_per_byte']:.3f} |"
                     for name, each in (("Chinese", facts["languages"]["zh"]), ("French", facts["languages"]["fr"])))
    everyday = "\n".join(f"| {each['english']} | {each['zh']} | {each['fr']} |" for each in facts["everyday"])
    aligned = facts["alignment"]
    best, half = aligned["best_head"], aligned["chosen_on_every_other_pair"]
    return f"""# Translator

English → Chinese (character by character) and English → French, an encoder–decoder in the Pegasus layout (pre-norm, 3 + 3
layers × 6 heads, d_model 192, one vocabulary of 7,168). The source begins with `>>zh<<` or `>>fr<<`.

It translates short everyday sentences. Long, rare or figurative ones come out wrong, often fluently wrong.

## Training

Sentence pairs of the Tatoeba Project, packaged by ManyThings.org: English–Chinese (CC BY 2.0 FR) and English–French (CC BY
2.0); {run['shares']['zh']:.0%} of what is read is Chinese. {run.get('blank', 0):.0%} of the decoder's input tokens are hidden while
training, labels are smoothed by {run.get('smoothing', 0):g}. 2.5 % of the distinct English sentences are held out, with all their
translations. {_training(run, f"{run['batch']} pairs")}
{_shipped(run)} Code: training/train_translator.py.

## Results

On held-out pairs, at the shipped weights, greedy, and chrF also by beam search (3 beams, scores per token, as the app does
at first; at most 750 pairs). chrF2 and BLEU (words; characters for Chinese) against each pair's own
reference; BLEU against all references of a sentence beside it. Losses in nats per target token and byte.

| | pairs | chrF | chrF, beams | BLEU | BLEU, all references | exact | per token | per byte |
|---|---|---|---|---|---|---|---|---|
{rows}

Alignment, on 200 frequent word pairs written before training ({aligned['pairs_found']} of them occur alone in held-out
sentences, {aligned['cases']:,} cases): cross-attention head L{best['layer']}H{best['head']}'s largest source word, at the step that
emits the word, is the right one for {percent(best['pairs_aligned'])} of the pairs (Chinese {percent(best['by_language']['zh'])},
French {percent(best['by_language']['fr'])}), {best['of_all_written']:.1%} when the pairs not found count as wrong. Largest is meant among the source's words:
with the language token and the end counted as well it is right for {percent(aligned['best_head_with_language_and_end'])}. That head is the best of {len(aligned['heads']) * len(aligned['heads'][0])} on
the very pairs that it is scored on; every other pair alone ({half['chosen_on']} of them) chooses L{half['layer']}H{half['head']}, which is right for
{percent(half['pairs_aligned'])} of the rest.

| English | Chinese | French |
|---|---|---|
{everyday}

50 more samples, drawn evenly from the held-out sentences: evaluation.json, which also says which of the sentences above
are among the training pairs, and what each head of the two stacks looks at.

## Licence and credits

{LICENCE} Pairs: Tatoeba Project, https://tatoeba.org, packaged by https://www.manythings.org/anki/.

`python3 -m training.expand public/models/translator` writes model.safetensors for other tools.
"""


def digits(facts: dict[str, Any], run: dict[str, Any]) -> str:
    return f"""# Digits

A vision transformer for handwritten digits: a picture of 28 × 28 is cut into 49 patches of 4 × 4, each a token, with [CLS]
before them; 3 layers × 4 heads, d_model 64, ViT layout. White on black, as MNIST is: other pictures need inverting.

## Training

MNIST (Y. LeCun, C. Cortes), 55,000 of its training images, each turned, scaled, sheared and shifted a little anew every
time. {_training(run, f"{run['batch']} images")} {_shipped(run)}
Code: training/train_digits.py.

## Results

{facts['accuracy']:.2%} of the {facts['images']:,} test images ({facts['accuracy_before_rounding']:.2%} before rounding). The table of
confusions, and what each head looks at, is in evaluation.json. samples.json holds ten digits that we drew with a program (training/draw_digits.py).

## Licence and credits

{LICENCE} Images: the MNIST database of Y. LeCun and C. Cortes, commonly stated as CC BY-SA 3.0; none is shipped.
"""


def _fine_tuned(title: str, what: str, results: str, before: str, run: dict[str, Any], tried: str) -> str:
    return f"""# {title}

{what} It is the masked model as its first run left it (before training/refine_masked.py), all of its weights trained further.

## Training

Sentences of a grammar of ours (training/labels_grammar.py), five templates held out. It knows that grammar, not the world:
on other text it is a demonstration.
{_training(run, f"{run['batch']} sentences")} {_shipped(run)} Code: training/finetune.py.

## Results

On 1,000 sentences from the held-out templates, at the shipped weights: {results}
Before rounding: {before}.

Sentences that no template makes:

{tried}

What each head looks at: evaluation.json.

## Licence and credits

{LICENCE} See the masked model's card for what it was trained on before.
"""


def sentiment(facts: dict[str, Any], run: dict[str, Any]) -> str:
    tried = "\n".join(f"- {each['text']} positive: {each['positive']:.1%}" for each in facts["tried"])
    return _fine_tuned("Sentiment", "Is a sentence praise or complaint? A class read off [CLS] (BertForSequenceClassification).",
                       f"{percent(facts['held_out_templates']['accuracy'])} are right.", percent(facts["before_rounding"]["accuracy"]), run, tried)


def entities(facts: dict[str, Any], run: dict[str, Any]) -> str:
    held, before = facts["held_out_templates"], facts["before_rounding"]
    kinds = "; ".join(f"{name}: precision {each['precision']['value']:.1%}, recall {each['recall']['value']:.1%}" for name, each in held["kinds"].items())
    tried = "\n".join(f"- {each['text']} {', '.join(each['entities']) or 'nothing'}" for each in facts["tried"])
    return _fine_tuned("Entities", "Person, place, organisation or none, for every token (BertForTokenClassification).",
                       f"{percent(held['tokens'])} of the tokens and {percent(held['whole_sentences'])} of whole sentences are right; {kinds}.",
                       f"{percent(before['tokens'])} of the tokens and {percent(before['whole_sentences'])} of whole sentences", run, tried)


CARDS: dict[str, Callable[[dict[str, Any], dict[str, Any]], str]] = {
    "masked": masked, "translator": translator, "digits": digits, "sentiment": sentiment, "entities": entities}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="+", choices=CARDS)
    parser.add_argument("--run", type=Path, help="the run's folder, for one model")
    parser.add_argument("--note", default="", help="how the run differed from its schedule, for one model")
    options = parser.parse_args()
    for name in options.models:
        folder, run_folder = Path("public/models") / name, options.run or Path("training/runs") / name
        facts = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
        run: dict[str, Any] = {"note": options.note}
        for file in ("summary.json", "export.json"):
            if (run_folder / file).exists():
                run |= json.loads((run_folder / file).read_text(encoding="utf-8"))
        (folder / "card.md").write_text(CARDS[name](facts, run), encoding="utf-8")


if __name__ == "__main__":
    main()
