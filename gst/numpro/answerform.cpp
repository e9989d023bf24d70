/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "answerform.h"

#include "batchnumbers.h"
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

constexpr const char *kArticlesList[] = {"a", "an", "the"};
constexpr const char *kAuxiliariesList[] = {"is", "are",  "was", "were", "be",   "been", "being",
                                            "do", "does", "did", "has",  "have", "had"};
constexpr const char *kFrameMarksList[] = {"frame", "frames", "number", "#", "第"};
constexpr const char *kFrameNamesList[] = {"frame", "frames", "帧", "幀"};
constexpr const char *kFrameCountersList[] = {"帧", "幀"};
constexpr const char *kUnitsOfTimeList[] = {
    "s",  "sec", "secs", "second",  "seconds", "min",   "minutes", "minute",
    "ms", "am",  "pm",   "o'clock", "hour",    "hours", "秒",      "分"};
constexpr const char *kListJoinsList[] = {",", "and", "、", "和"};
// Of questions that end in a question mark, as "When is the red car visible?".
constexpr const char *kOpeningsList[] = {
    "when",   "during",   "in",      "at",     "from",  "to",  "which",    "what", "frame",
    "frames", "time",     "times",   "moment", "is",    "are", "was",      "were", "do",
    "does",   "did",      "can",     "could",  "we",    "you", "i",        "see",  "there",
    "show",   "shows",    "exactly", "a",      "an",    "the", "什么时候", "何时", "在哪些帧",
    "哪些帧", "可以看到", "能看到",  "有没有", "出现了"};
constexpr const char *kEndingsList[] = {
    "be seen", "visible", "seen",    "shown",       "appear",   "appears", "occur",
    "occurs",  "happen",  "happens", "can be seen", "and when", "when",    "什么时候",
    "何时",    "出现",    "可见",    "在哪些帧",    "吗",       "的"};

constexpr const char *kNoEventList[] = {
    "not",    "no",     "never", "none",   "only",  "except", "but",   "without", "or",
    "and",    "before", "after", "until",  "till",  "since",  "from",  "to",      "in",
    "at",     "of",     "all",   "any",    "other", "than",   "then",  "frame",   "number",
    "image",  "video",  "it",    "second", "start", "end",    "first", "last",    "visible",
    "answer", "yes",    "不",    "没",     "有",    "帧",     "编",    "号"};

constexpr const char *kNegationsList[] = {"not",   "no",      "never", "can't",  "cannot",
                                          "isn't", "doesn't", "don't", "aren't", "没",
                                          "不",    "未",      "无"};
constexpr const char *kLeadingNegationsList[] = {"no", "not", "never", "没"};
constexpr const char *kSightList[] = {"visible", "see",     "seen", "appear", "appears",
                                      "shown",   "present", "见",   "出",     "看"};
constexpr const char *kAbsenceList[] = {"hidden",     "absent", "invisible", "disappear",
                                        "disappears", "gone",   "nobody",    "missing"};
constexpr const char *kCountsList[] = {"how many", "how much", "how often",
                                       "how long", "多少",     "几"};

using P = Part;

constexpr Phrase kPhrases[] = {
    {P::kPronoun, "it|event|moment|action|activity|query|它|其"},
    {P::kPronoun, "given|described|requested query|event|moment|action|activity"},
    {P::kNot, "not|never|isn't|aren't|wasn't|weren't|doesn't|don't|didn't|hasn't|haven't|won't"},

    // Labels.
    {P::kLabel, "okay|ok|only|therefore|so|thus|hence|assistant|json|plaintext|答"},
    {P::kLabel, "boxed|text|textbf|mathrm|mathbf"},
    {P::kLabel, "here is|are json? answer|result|object"},
    {P::kLabel, "frame? range|ranges|interval|intervals|span|spans"},
    {P::kLabel, "my? final? answer|result|output|conclusion is|are?"},
    {P::kLabel, "最终? 答案 是|为?"},
    {P::kAssent, "yes|sure|certainly|of_course"},
    {P::kDenial, "no"},

    // The event, and what is said of it.
    {P::kEvent, "@ is|are|was|were?"},
    {P::kEvent, "that? show|shows|showing|contain|contains|containing|with @ is|are?"},
    {P::kEvent,
     "@ is|are? appears|appear|occurs|occur|happens|happen|takes_place|take_place|"
     "happening|occurring|taking_place|出现|发生"},
    {P::kState, "visible"},
    {P::kState,
     "@ is|are|was|were|can_be|could_be? visible|seen|shown|present|displayed|depicted|"
     "observed|found|可见|可以看到"},
    {P::kState, "there is|are @"},
    {P::kState, "where|when|that? we|you|i can|could? see|observe @"},
    {P::kState, "在视频中|视频中? 可以看到|能看到|看到|看见|可见 @?"},

    // Ranges.
    {P::kRange, "in|during? from? # to|-|~|through|thru|until|till #"},
    {P::kRange, "in|during? between # and|- #"},
    {P::kRange, "from # to # frames"},
    {P::kRange, "from x = # to y = #"},
    {P::kRange, "for|over|across|throughout #! to|-|~|through|thru #"},
    {P::kRange,
     "start|starts|starting|begin|begins|beginning at|in|from|with|on # ,? and? "
     "end|ends|ending|stops|finishes at|in|on|with #"},
    {P::kRange,
     "start|first|begin|beginning frame? number? :? # ,|;|and|^? "
     "end|last|final frame? number? :? #"},
    {P::kRange, "在? 从|從|自|由? # 到|至 #"},
    {P::kRange, "在? # 和|与|到|至 # 之间|期间"},
    {P::kSingle, "in|at|during|在? #!"},

    // Never.
    {P::kNever, "never"},
    {P::kNever, "! visible|seen|present|shown *?"},
    {P::kNever, "@ is|are|was|were? ! visible|seen|present|shown *?"},
    {P::kNever, "@ does|do|did? ! appear|appears|occur|occurs|happen|happens|take_place *?"},
    {P::kNever, "@ cannot|can't|can_not|can_never be seen|observed|found *?"},
    {P::kNever, "~ *?"},
    {P::kNever, "not visible : @!"},
    {P::kNever, "we|i|you cannot|can't|don't|do_not|can_not see @! *?"},
    {P::kNever, "no @! is|are|can_be? visible|seen|shown|present|found *?"},
    {P::kNever, "there_is|there_are|there_was|there_were no @! visible|seen|shown|present? *?"},
    {P::kNever,
     "there_are? no|none_of these? frames|frame|images|image "
     "show|shows|showing|contain|contains|containing @!"},
    {P::kNever, "there is|are? no such frame|frames|event|moment *?"},
    {P::kNever, "there_are? no highlight_frames|highlighted_frames|highlights *?"},
    {P::kNever, "@? *? 始终|一直? 都|均? 不可见|没有出现|未出现|从未出现|从未可见"},
    {P::kNever, "看不到|看不见|没有看到|没看到|没有 @! 出现?"},
    {P::kNever, "nicht|niet|non|no|não|nie visible|visibile|visível|sichtbar|zichtbaar|zu_sehen"},
    {P::kNever, "не_видно|보이지_않음|見えません|غير_مرئي|दिखाई_नहीं_देता"},
    {P::kEverywhere,
     "in|during any? of? these|this|given|provided? video? frames|images|video|clip|footage|"
     "sequence|batch"},
    {P::kEverywhere, "in any frame|image"},
    {P::kEverywhere, "at any time|point|moment"},
    {P::kEverywhere, "at all"},
    {P::kEverywhere, "在? 任何|所有|这些|视频 帧? 中|里|内?"},

    // Besides.
    {P::kTail, "both? inclusive"},
    {P::kTail, "in|of video|clip|sequence|footage"},
    {P::kTail, "期间|之间|中|内|里? 出现|可见?"},
    {P::kComma, ","},
    {P::kJoin, ",? and|then|again|also|及|以及|和|与|、|as_well_as again|also|then?"},

    // The first and the last number seen.
    {P::kSeen, "& 范围? :? is|are|range|were? from|从? # to|-|~|through|and|到|至 #"},
    {P::kSeen,
     "first number|frame seen|visible? :? is? # ,|;|and|.|^? last number|frame? seen|visible? "
     ":? is? #"},
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

    // Of answers that are not read.
    {P::kBlind,
     "not|can't|cannot|couldn't|don't|didn't|haven't|unable_to|able_to "
     "see|seen|view|read|load|open|receive|received|access|process any? of? "
     "frame|video? frames|images|image|video|videos|number|numbers|picture|pictures"},
    {P::kBlind, "not|can't|cannot|couldn't|don't|unable_to|able_to see|view or"},
    {P::kBlind, "no frame|visual|red? images|image|video|videos|number|numbers|visual|picture"},
    {P::kBlind, "no frames|frame were|are|was|is"},
    {P::kBlind,
     "attach|attached|attachment|attachments|upload|uploaded|uploading|"
     "text-based|text-only|text_only|language_model"},
    {P::kBlind, "没有图|没有看到图|看不到图|无法查看|无法看到|看不清"},
    {P::kRefusal,
     "can't|cannot|can_not|unable_to|able_to|won't|will_not|无法|不能 "
     "help|assist|identify|provide|answer|determine|tell|confirm|process|analyze|"
     "comply|discuss|access|read|fulfill|do_that|say|确定|回答|提供|识别|判断"},
    {P::kBareNever,
     "no|none|nothing|nobody|never|nowhere|invisible|absent|false|not_found|not_present|no_match|"
     "no_matches"},
    {P::kBareNever, "at|in? no|none point|time|moment|frame|frames|case"},
    {P::kBareNever, "in? none of these? frames|images"},
    {P::kBareNever, "highlight_frames are? none"},
    {P::kNegation, "!"},
    {P::kNegation,
     "no|none|nothing|nobody|nowhere|neither|without|absent|invisible|false|cannot|can't|"
     "couldn't|unable|nicht|kein|keine|keinen|keinem|keiner|nie|pas|aucun|aucune|jamais|ningún|"
     "ninguna|nunca|não|nenhum|nenhuma|non|nessun|nessuna|mai|нет|не|нигде|没|未|不|无|非|ない|ません|없|않"},
    {P::kSubject,
     "visible|seen|see|find|found|appears|appear|occurs|occur|happens|happen|shown|present|match|"
     "matches|detected|such|highlight|highlights|可见|出现|看"},
    {P::kPicture,
     "frame|frames|image|images|picture|pictures|video|clip|footage|feed|stream|file|files|input|"
     "photo|photos|bild|bilder|imagen|fotograma|帧|画面|图|视频"},
    {P::kSight, "visible|seen|appears|appear|shown|present|出现|可见"},
    {P::kDoubt,
     "true|load|loaded|receive|received|open|access|process|provide|attached|share|send|upload|"
     "decline|blurry|blurred|dark|blank|black|unclear|clear|clearly|sure|certain|offline|error|"
     "failed|"
     "missing|broken|corrupt|corrupted|unavailable|make_out|answer|comment|idea|"
     "information|detail|know|maybe|perhaps|whether|unless|if|please|could|might|may|should|my|"
     "number|numbers|"
     "numbered|label|labels|抱歉|请|清|编号|数字|无法"},
    {P::kDoubt,
     "but|except|apart|besides|save|until|till|then|later|or|though|although|however|yet|"
     "sometimes|partly|partially|instead|hardly|seldom|rarely|lack|lacks|leave|leaves|words"},
    {P::kPartOf,
     "only|just|all|every|always|first|last|start|beginning|end|before|after|both|half|fully|"
     "completely|entirely|most|many|other|some|still|anymore|any_more|longer|here|to_me|jedem|每"},
    {P::kFirst, "at|from|since|in start"},
    {P::kFirst, "from first"},
    {P::kFirst, "until|till|up_to #"},
    {P::kFirst,
     "beginning|first_frame|anfang|début|inicio|principio|inizio|início|начала|"
     "开始|开头|最初|处음|처음부터|시작부터|最初から"},
    {P::kLast, "to|until|till|through|at end|finish|last"},
    {P::kLast, "to ∞"},
    {P::kLast, "from # on"},
    {P::kLast, "# and later|after"},
    {P::kLast, "since #"},
    {P::kLast, "# and? remains|stays"},
    {P::kLast,
     "end_of|last_frame|final_frame|onward|onwards|ende|la_fin|el_final|la_fine|"
     "o_fim|schluss|конца|结束|最后|结尾|最後|끝까지"},
    {P::kAll, "all|these # frames"},
    {P::kAll,
     "whole|entire|throughout|always|all_frames|all_of_frames|every_frame|ganze|durchgehend|весь|"
     "全程|全部|一直|始终|所有|整个"},
};

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

bool asks_for_seen (GstNumproPrompt *prompt, GstNumproLedger *ledger)
{
  return gst_numpro_prompt_get_check_frames (prompt) && shows_numbers (ledger);
}

std::string check_form (GstNumproAnswerFormat format)
{
  if (format == GST_NUMPRO_ANSWER_FORMAT_JSON)
    return std::string (" Its members \"") + member::kFirstSeen + "\" and \"" + member::kLastSeen +
           "\" are the first and the last number that you can see on any of the frames.";
  return " At the end write on a line of its own the first and the last number that you can see on "
         "any of the frames, in the form \"Numbers seen: a to b\".";
}

std::string gap_note (GstClockTime gap, guint64 number)
{
  return "(" + gap_text (gap) + " seconds are missing before frame " + std::to_string (number) +
         ")";
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

constinit const WordList kArticles = kArticlesList;
constinit const WordList kAuxiliaries = kAuxiliariesList;
constinit const WordList kFrameMarks = kFrameMarksList;
constinit const WordList kFrameNames = kFrameNamesList;
constinit const WordList kFrameCounters = kFrameCountersList;
constinit const WordList kUnitsOfTime = kUnitsOfTimeList;
constinit const WordList kListJoins = kListJoinsList;
constinit const WordList kOpenings = kOpeningsList;
constinit const WordList kEndings = kEndingsList;
constinit const WordList kNoEvent = kNoEventList;
constinit const WordList kNegations = kNegationsList;
constinit const WordList kLeadingNegations = kLeadingNegationsList;
constinit const WordList kSight = kSightList;
constinit const WordList kAbsence = kAbsenceList;
constinit const WordList kCounts = kCountsList;

}  // namespace numpro
