/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

/** A numprosink's stats. */
struct AskingCounts {
  guint64 samples = 0, delivered = 0, samples_dropped = 0, waiting = 0, questions = 0, answered = 0,
          failed = 0, dropped = 0, pending = 0, retries = 0, parts = 0, restatements = 0,
          bytes_sent = 0;

  bool balanced () const
  {
    return questions == answered + failed + dropped + pending &&
           samples == delivered + samples_dropped + waiting;
  }
};

/** A numpro/answer. */
struct ToldAnswer {
  guint64 batch = 0;
  std::string question, text, problems; /**< problems in one text */
  std::string obstacle;
  bool found = false, valid = false, restated = false;
  guint attempts = 0;
  std::vector<std::pair<guint64, guint64>> spans;
};

/** A numpro/failure. */
struct ToldLoss {
  guint64 batch = 0;
  std::string question; /**< empty: samples are lost */
  std::string reason, message;
  std::vector<guint64> numbers;
};

/** A numpro/probe. */
struct ToldProbe {
  std::string finding, message, cure, schema;
  std::vector<guint64> sent, seen;
  guint parts = 0, image_limit = 0, width = 0, height = 0;
  guint64 prompt_tokens = 0;
};

/** A numpro/server. */
struct ToldServer {
  std::string state, reason, message;
  guint64 lost = 0, postponed = 0, duration = 0;
};

/**
 * Numbered frames into a numprosink that asks. Everything that is told is noted, and a thread looks
 * all the time whether the counts add up.
 */
class AskingPipeline
{
 public:
  /** Far longer than anything takes on a slow machine, and short of the test's own limit. */
  static constexpr std::chrono::seconds kPatience{60};

  /** @param line ends in a numprosink named "sink" */
  explicit AskingPipeline (const std::string &line);
  ~AskingPipeline ();
  AskingPipeline (const AskingPipeline &) = delete;
  AskingPipeline &operator= (const AskingPipeline &) = delete;

  GstElement *get () const { return pipeline_; }
  GstElement *sink () const { return sink_; }
  AskingCounts counts () const;

  /** @return whether it starts */
  bool play ();

  /** Goes to NULL. @return how long it took */
  std::chrono::duration<double> stop ();

  /** Waits for the end of the stream, or for an error. */
  void wait_for_end (std::chrono::seconds patience = kPatience);

  /** Plays to the end, and stops. */
  void run ();

  void wait_for_probe ();

  /** Waits until so many numpro/server were told. */
  void wait_for_server (std::size_t count);

  void wait_until (const std::function<bool (const AskingCounts &)> &is_so) const;

  /** A flushing seek to the start. */
  void flush ();

  // What was told; to be looked at when nothing more is told.
  const std::vector<ToldAnswer> &answers () const { return answers_; }
  const std::vector<ToldLoss> &losses () const { return losses_; }
  const std::vector<ToldProbe> &probes () const { return probes_; }
  const std::vector<ToldServer> &servers () const { return servers_; }
  const std::vector<std::string> &warnings () const { return warnings_; }
  const std::vector<std::string> &errors () const { return errors_; }
  /** All messages, as text. */
  const std::string &transcript () const { return transcript_; }

  /** How often it was looked at the counts. */
  int looks () const { return looks_; }

  /** Those of the losses that are of questions. */
  std::vector<ToldLoss> lost_questions () const;

  /**
   * Fails unless the counts added up whenever they were looked at, nothing is under way, and every
   * question of every batch was either answered or told as lost, once and with its numbers.
   */
  void require_exact () const;

 private:
  struct BatchTold {
    guint64 first = 0, last = 0;
    guint count = 0;
  };

  static GstBusSyncReply on_message (GstBus *, GstMessage *message, gpointer self);
  void note (GstMessage *message);
  void note_element (const GstStructure *structure);
  void note_complaint (GstMessage *message);
  void require_numbers (const ToldLoss &loss) const;
  void watch ();

  GstElement *pipeline_, *sink_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_ended_ = false;
  std::vector<ToldAnswer> answers_;
  std::vector<ToldLoss> losses_;
  std::vector<ToldProbe> probes_;
  std::vector<ToldServer> servers_;
  std::map<guint64, BatchTold> batches_;
  std::vector<std::string> warnings_, errors_;
  std::string transcript_;
  std::atomic<bool> done_ = false;
  std::atomic<int> looks_ = 0, unbalanced_ = 0;
  std::thread watcher_;
};
