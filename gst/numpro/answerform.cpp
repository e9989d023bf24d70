/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerform.h"

#include "highlightexample.h"

namespace numpro {

namespace {

// A query as the paper has it, "a red car", or a whole question.
std::string moment_question (const std::string &question)
{
  if (question.ends_with ('?') || question.ends_with ("？"))
    return question + " During which frames can we see it?";
  const std::size_t end = question.find_last_not_of (" .\n");
  return "During which frames can we see " + question.substr (0, end + 1) + "?";
}

std::string highlight_question (const std::string &question)
{
  return "Please find the highlight contents in the video described by the query " + question +
         ". Determine the highlight frames and its saliency score on a scale from 1 to 5. If the "
         "video content more related to the query, the saliency score should be higher.";
}

std::string quoted (const char *member)
{
  return std::string ("\"") + member + "\": ";
}

std::string spans_form ()
{
  return quoted (member::kSpans) + "[{" + quoted (member::kFirst) + "x, " + quoted (member::kLast) +
         "y}, ...]";
}

std::string highlights_form ()
{
  return quoted (member::kHighlights) + "[{" + quoted (member::kNumber) + "x, " +
         quoted (member::kScore) + "s}, ...]";
}

constexpr const char *kArticles[] = {"a", "an", "the"};

constexpr const char *kAuxiliaries[] = {"is", "are",  "was", "were", "be",   "been", "being",
                                        "do", "does", "did", "has",  "have", "had"};

constexpr const char *kFrameMarks[] = {"frame", "frames", "number", "#", "第"};

constexpr const char *kFrameNames[] = {"frame", "frames", "帧", "幀"};

constexpr const char *kUnitsOfTime[] = {"s",   "sec",     "secs",   "second", "seconds",
                                        "min", "minutes", "minute", "秒",     "分"};

constexpr const char *kListJoins[] = {",", "and", "、", "和"};

constexpr const char *kItemNames[] = {"segment",  "moment", "interval",   "range", "span",
                                      "instance", "event",  "occurrence", "time",  "answer"};

constexpr const char *kFrameCounters[] = {"帧", "幀"};

// Of questions that end in a question mark, as "When is the red car visible?".
constexpr const char *kQuestionOpenings[] = {
    "when",   "during",   "in",      "at",     "from",  "to",  "which",    "what", "frame",
    "frames", "time",     "times",   "moment", "is",    "are", "was",      "were", "do",
    "does",   "did",      "can",     "could",  "we",    "you", "i",        "see",  "there",
    "show",   "shows",    "exactly", "a",      "an",    "the", "什么时候", "何时", "在哪些帧",
    "哪些帧", "可以看到", "能看到",  "有没有", "出现了"};
constexpr const char *kQuestionEndings[] = {
    "be seen", "visible", "seen",    "shown",       "appear",   "appears", "occur",
    "occurs",  "happen",  "happens", "can be seen", "and when", "when",    "什么时候",
    "何时",    "出现",    "可见",    "在哪些帧",    "吗",       "的"};

using P = Part;

constexpr Phrase kPhrases[] = {
    {P::kPronoun, "it|event|moment|action|activity|query|它|其"},
    {P::kPronoun, "given|described|requested query|event|moment|action|activity"},

    // Labels.
    {P::kLabel, "okay|ok|only|assistant|json|text|plaintext|答"},
    {P::kYes, "yes|sure|certainly"},
    {P::kYes, "of course"},
    {P::kLabel, "here is|are json? answer|result|object"},
    {P::kHeading, "frame|frames number|numbers|range|ranges|interval|intervals|span|spans?"},
    {P::kHeading, "range|ranges|interval|intervals|span|spans|visible"},
    {P::kConclusion, "final? answer|result|output|conclusion is|are?"},
    {P::kConclusion, "therefore|so|thus|hence"},
    {P::kConclusion, "最终? 答案 是|为?"},

    // The event, and what is said of it.
    {P::kEvent, "@ is|are|was|were?"},
    {P::kEvent, "that? show|shows|showing|contain|contains|containing|with @ is|are?"},
    {P::kState, "@ is|are|was|were? visible|seen|shown|present|displayed|depicted"},
    {P::kState, "there is|are @"},
    {P::kState, "@ can|could be seen|observed|found"},
    {P::kState, "where|when|that? we|you|i can|could? see|observe @"},
    {P::kState, "在视频中|视频中? 可以看到|能看到|看到|看见|可见 @?"},
    {P::kState, "@ 可见|可以看到"},
    {P::kHappening, "@ appears|appear|occurs|occur|happens|happen|出现|发生"},
    {P::kHappening, "@ takes|take place"},
    {P::kHappening, "@ is|are happening|occurring"},
    {P::kHappening, "@ is|are taking place"},

    // Ranges.
    {P::kRange, "in|during? from? # to|-|~|through|thru|until|till #"},
    {P::kRange, "for|over|across|throughout #! to|-|~|through|thru #"},
    {P::kRange, "in|during? between # and|- #"},
    {P::kRange,
     "start|starts|starting|begin|begins|beginning at|in|from|with|on # ,? and? "
     "end|ends|ending|stops|finishes at|in|on|with #"},
    {P::kRange,
     "start|first|begin|beginning frame? number? :? # ,|;|and|^? "
     "end|last|final frame? number? :? #"},
    {P::kRange, "在? 从|從|自|由? # 到|至 #"},
    {P::kRange, "在? # 和|与|到|至 # 之间|期间"},
    {P::kSingle, "in|during|在? #!"},

    // Never.
    {P::kNever, "never"},
    {P::kNever, "not|never visible|seen|present|shown *?"},
    {P::kNever, "@ is|are|was|were? not|never visible|seen|present|shown *?"},
    {P::kNever, "@ isn't|aren't|wasn't|weren't visible|seen|present|shown *?"},
    {P::kNever, "not visible : @!"},
    {P::kNever, "@ cannot|can't be seen|observed|found *?"},
    {P::kNever, "@ can not|never be seen|observed|found *?"},
    {P::kNever, "@ does|do|did not|never appear|occur|happen *?"},
    {P::kNever, "@ doesn't|don't|didn't appear|occur|happen *?"},
    {P::kNever, "@ does|do|did not take place *?"},
    {P::kNever, "@ never appears|appear|occurs|occur|happens|happen *?"},
    {P::kNever, "we|i|you cannot|can't|don't see @! *?"},
    {P::kNever, "we|i|you do|can not see @! *?"},
    {P::kNever, "no @! is|are? visible|seen|shown|present *?"},
    {P::kNever, "no @! can be seen|found *?"},
    {P::kNever, "no frames|frame|images|image show|shows|contain|contains @!"},
    {P::kNever, "none of these? frames|images show|shows|contain|contains @!"},
    {P::kNever, "there is|are|was|were no @! visible|seen|shown|present? *?"},
    {P::kNever, "there is|are? no such frame|frames|event|moment *?"},
    {P::kNever, "there are no highlight|highlighted frames *?"},
    {P::kNever, "@? *? 从未|始终|一直? 都|均? 不可见"},
    {P::kNever, "@? *? 没有|未|从未 出现"},
    {P::kNever, "看不到|看不见|没有看到|没看到 @!"},
    {P::kEverywhere,
     "in|during any? of? these|this|given|provided? frames|images|video|clip|footage|"
     "sequence|batch"},
    {P::kEverywhere, "in any frame|image"},
    {P::kEverywhere, "at any time|point|moment"},
    {P::kEverywhere, "at all"},
    {P::kEverywhere, "在? 任何|所有|这些|视频 帧? 中|里|内?"},

    // Besides.
    {P::kTail, "( both? inclusive )"},
    {P::kTail, ",? both? inclusive"},
    {P::kTail, "in|of video|clip|sequence|footage"},
    {P::kTail, "期间|之间|中|内|里"},
    {P::kJoin, ",|and|then|again|also|、|和|与|及|以及"},
    {P::kJoin, ",? and|then again|also|then?"},
    {P::kJoin, "as well as"},

    // The first and the last number seen.
    {P::kSeen, "& 范围? :? is|are|range|were? from|从? # to|-|~|through|and|到|至 #"},
    {P::kSeen,
     "first number seen|visible? :? is? # ,|;|and|.|^? last number? seen|visible? :? is? #"},
    {P::kSeen, "first frame seen|visible :? is? # ,|;|and|.|^? last frame? seen|visible :? is? #"},
    {P::kSeenHead, "frame? numbers|number|编号|数字 seen|visible|shown|read|observed"},
    {P::kSeenHead, "frames seen|observed"},
    {P::kSeenHead, "seen|visible|可见|看到的 numbers|编号|数字"},
    {P::kSeenHead, "first and last numbers|number|frames|frame seen|visible?"},

    // Highlights.
    {P::kFramesHead, "highlight|highlighted frames|frame is|are? in?"},
    {P::kFramesHead, "highlight|highlighted frames|frame of|for @ is|are in?"},
    {P::kFramesHead, "highlights is|are? in?"},
    {P::kScoresHead,
     "and|with? their|its? corresponding|respective? saliency? scores|score is|are?"},
};

constexpr const char *kBlindness[] = {
    "see any frames", "see any images", "see any video", "see images",     "see the images",
    "see the video",  "see or",         "view images",   "view the",       "view or",
    "attached",       "attachment",     "upload",        "provided any",   "no images",
    "no image",       "no frames were", "no frames are", "no video",       "no visual",
    "text-based",     "text-only",      "text only",     "language model", "no number",
    "没有图",         "没有看到图",     "看不到图",      "无法查看",       "无法看到"};

constexpr const char *kInabilities[] = {"can't ",       "cannot ", "can not ", "unable to ",
                                        "not able to ", "won't ",  "无法",     "不能"};

constexpr const char *kDeeds[] = {"help",   "assist",  "identify", "provide", "answer", "determine",
                                  "tell",   "confirm", "process",  "analyze", "comply", "discuss",
                                  "access", "read",    "fulfill",  "do that", "say",    "确定",
                                  "回答",   "提供",    "识别",     "判断"};

constexpr const char *kDoubt[] = {
    "can't",        "cannot",     "can not",     "unable",   "not able", "don't have",
    "do not have",  "don't know", "do not know", "not sure", "provide",  "sorry",
    "not numbered", "没有收到",   "无法",        "不能",     "抱歉"};

constexpr const char *kNegation[] = {"not",   "no",      "never", "can't",  "cannot",
                                     "isn't", "doesn't", "don't", "aren't", "没",
                                     "不",    "未",      "无"};
constexpr const char *kSight[] = {"visible", "see",     "seen", "appear", "appears",
                                  "shown",   "present", "见",   "出",     "看"};
constexpr const char *kAbsence[] = {"hidden", "absent",  "invisible", "disappear", "disappears",
                                    "gone",   "without", "nobody",    "missing"};

constexpr const char *kWordsForFirst[] = {
    "beginning",   "the start", "first frame", "whole",          "entire",
    "throughout",  "always",    "all frames",  "all the frames", "all of the frames",
    "every frame", "anfang",    "ganze",       "début",          "inicio",
    "principio",   "inizio",    "início",      "начал",          "весь",
    "开始",        "开头",      "全程",        "全部",           "一直",
    "始终",        "所有",      "整个",        "最初",           "처음",
    "시작"};
constexpr const char *kWordsForLast[] = {
    "the end",     "to end",     "to finish",      "to last",
    "to the last", "end of",     "last frame",     "final frame",
    "onward",      "whole",      "entire",         "throughout",
    "always",      "all frames", "all the frames", "all of the frames",
    "every frame", "ende",       "ganze",          "la fin",
    "el final",    "la fine",    "o fim",          "конц",
    "весь",        "结束",       "最后",           "结尾",
    "全程",        "全部",       "一直",           "始终",
    "所有",        "整个",       "最後",           "끝"};

}  // namespace

std::string question_words (GstNumproTask task, const std::string &question)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return highlight_question (question);
    case GST_NUMPRO_TASK_DESCRIBE:
      return question.empty () ? "Describe what happens in these frames." : question;
    default:
      return moment_question (question);
  }
}

std::string highlight_form (const std::string &frames, const std::string &scores)
{
  return "The highlight frames are in the " + frames + " frames. Their saliency scores are " +
         scores + ".";
}

std::string text_form (GstNumproTask task, GstNumproLedger *ledger)
{
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return " The output format should be like: '" +
             highlight_sentence (highlight_example (ledger)) +
             "' These frames and scores are an example only; give your own. If there are no such "
             "frames, answer \"Not visible\".";
    case GST_NUMPRO_TASK_DESCRIBE:
      return " Name the frames that you speak of by their numbers, in the form \"(frame x)\" or "
             "\"(frames x-y)\".";
    default:
      return " Answer in the form \"From x to y\", where x is the first and y the last frame "
             "number; if it is visible several times, answer so for each time. If it is never "
             "visible, answer \"Not visible\".";
  }
}

std::string json_form (GstNumproTask task)
{
  const std::string object = " Answer with a JSON object: {", found = quoted (member::kFound);
  const std::string is_found = found + "true, ", is_not = "{" + found + "false, ";
  switch (task) {
    case GST_NUMPRO_TASK_HIGHLIGHT:
      return object + is_found + highlights_form () +
             "}, where x is a frame number and s its score; if there are no such frames, " +
             is_not + quoted (member::kHighlights) + "[]}.";
    case GST_NUMPRO_TASK_DESCRIBE:
      return object + quoted (member::kDescription) + "\"...\", " + quoted (member::kNumbers) +
             "[x, ...]}, where each x is the number of a frame that you speak of.";
    default:
      return object + is_found + spans_form () +
             "}, where x is the first and y the last frame number of each time that it is visible; "
             "if it is never visible, " +
             is_not + quoted (member::kSpans) + "[]}.";
  }
}

std::string check_form (GstNumproAnswerFormat format)
{
  if (format == GST_NUMPRO_ANSWER_FORMAT_JSON)
    return std::string (" Its members \"") + member::kFirstSeen + "\" and \"" + member::kLastSeen +
           "\" are the first and the last number that you can see on any of the frames.";
  return " At the end write on a line of its own the first and the last number that you can see on "
         "any of the frames, in the form \"Numbers seen: a to b\".";
}

std::string restatement_form (GstNumproTask task, const std::string &question,
                              const std::string &answer, guint64 first, guint64 last)
{
  const bool has_scores = task == GST_NUMPRO_TASK_HIGHLIGHT;
  return "Asked about frames " + std::to_string (first) + " to " + std::to_string (last) + ": " +
         question + "\nYou answered: " + answer +
         "\nPut this answer, with no other numbers, into JSON: {" +
         (has_scores ? highlights_form () : spans_form ()) + ", " + quoted (member::kNever) +
         "false, " + quoted (member::kCannotTell) + "false}. " + member::kNever +
         ": it says in no frame; " + member::kCannotTell + ": it says neither.";
}

std::span<const Phrase> phrases ()
{
  return kPhrases;
}

std::span<const char *const> articles ()
{
  return kArticles;
}

std::span<const char *const> auxiliaries ()
{
  return kAuxiliaries;
}

std::span<const char *const> frame_marks ()
{
  return kFrameMarks;
}

std::span<const char *const> frame_counters ()
{
  return kFrameCounters;
}

std::span<const char *const> frame_names ()
{
  return kFrameNames;
}

std::span<const char *const> units_of_time ()
{
  return kUnitsOfTime;
}

std::span<const char *const> list_joins ()
{
  return kListJoins;
}

std::span<const char *const> item_names ()
{
  return kItemNames;
}

std::span<const char *const> question_openings ()
{
  return kQuestionOpenings;
}

std::span<const char *const> question_endings ()
{
  return kQuestionEndings;
}

std::span<const char *const> words_of_blindness ()
{
  return kBlindness;
}

std::span<const char *const> words_of_inability ()
{
  return kInabilities;
}

std::span<const char *const> refused_deeds ()
{
  return kDeeds;
}

std::span<const char *const> words_of_doubt ()
{
  return kDoubt;
}

std::span<const char *const> words_of_negation ()
{
  return kNegation;
}

std::span<const char *const> words_of_sight ()
{
  return kSight;
}

std::span<const char *const> words_of_absence ()
{
  return kAbsence;
}

std::span<const char *const> words_for_first ()
{
  return kWordsForFirst;
}

std::span<const char *const> words_for_last ()
{
  return kWordsForLast;
}

}  // namespace numpro
