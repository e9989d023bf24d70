/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gst/gst.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "input.h"
#include "lib/base/gstowned.h"

namespace numpro::media {

/** Takes what an intake decodes. Called on the intake's streaming threads, which may wait in it. */
class IntakeTaker
{
 public:
  virtual ~IntakeTaker () = default;

  /** @param caps of the pictures that follow */
  virtual void take_picture_caps (GstCaps *caps) = 0;

  /** @param time at which it was taken, by the system clock. @return whether more is wanted */
  virtual bool take_picture (BufferPtr picture, GstClockTime time) = 0;

  /** The same of sound, as Intake::kSoundCaps says. */
  virtual bool take_sound (BufferPtr sound, GstClockTime time) = 0;

  /** No more comes of the pictures or of the sound; not called of sources without an end. */
  virtual void take_end (bool of_pictures) = 0;
};

/**
 * One connection to a source, with a pipeline of its own, so that it can fail and be made anew
 * while what takes its pictures goes on. Times are those of the system clock.
 *
 * Its bus has application messages: "picture", when the first one is there, "streams", when all
 * streams are known, and "no-video".
 */
class Intake
{
  struct Key {
  };  // has the constructor for make() alone

 public:
  static constexpr char kSoundCaps[] =
      "audio/x-raw, format=(string)S16LE, layout=(string)interleaved, rate=(int)48000, "
      "channels=(int)2";

  /** Makes the elements. @param problem is set to why that cannot be, in a sentence */
  static std::shared_ptr<Intake> make (const Input &input, std::string &problem);
  Intake (Key, const Input &input);
  ~Intake ();
  Intake (const Intake &) = delete;
  Intake &operator= (const Intake &) = delete;

  GstBus *bus () const { return bus_.get (); }

  /** Connects. */
  void start ();

  /** Pictures and sound wait for this. @param taker outlives this, or retire() is called before */
  void open (IntakeTaker &taker);

  /** Hands out nothing more. Waits for the taker where it is being called. */
  void retire ();

  /** Retires an intake and disconnects it, which may take a while, on another thread. */
  static void let_go (std::shared_ptr<Intake> intake);

  bool has_picture () const { return has_picture_; }
  bool has_sound () const { return has_sound_; }
  bool are_streams_known () const { return are_streams_known_; }

  /** When running time was 0, by the system clock. */
  GstClockTime base_time () const { return base_time_; }

  /** When the first picture was taken. */
  GstClockTime first_picture_time () const { return first_picture_time_; }

  /** Pictures that have come. */
  guint64 pictures () const { return pictures_; }

  /** Whether the source goes on until somebody stops it. Is known once there is a picture. */
  bool is_endless () const { return is_endless_; }

  /** How long the source says that it is; GST_CLOCK_TIME_NONE where it does not. */
  GstClockTime announced_duration () const;

 private:
  enum class Kind { kPictures, kSound };

  std::string build ();
  std::string add_test_source ();
  std::string add_source ();
  void post (const char *name);
  void add_stream (GstPad *decoded, Kind kind, PadPtr &branch);
  PadPtr add_branch (GstPad *decoded, Kind kind);

  // On streaming threads
  void on_source_setup (GstElement *source);
  void on_pad (GstPad *decoded);
  void on_streams_known ();
  template <Kind kind>
  static GstPadProbeReturn on_data (GstPad *pad, GstPadProbeInfo *info, gpointer self);
  void on_event (GstEvent *event, Kind kind);
  bool on_buffer (GstPad *pad, BufferPtr buffer, Kind kind);
  void hand_on_caps (GstPad *pad, IntakeTaker &taker);
  bool turns_out_endless () const;
  GstClockTime corrected (GstClockTimeDiff running_time);
  IntakeTaker *call_taker ();
  void end_call ();

  const Input input_;
  ElementPtr pipeline_;
  ObjectPtr<GstBus> bus_;
  ObjectPtr<GstClock> clock_;
  GstElement *decoder_ = nullptr;  // in the pipeline; none for the test source
  ElementPtr origin_;              // what opens the address
  GstClockTime base_time_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;  // what follows
  IntakeTaker *taker_ = nullptr;
  int calls_ = 0;  // of the taker that are under way
  bool is_retired_ = false;
  GstClockTimeDiff correction_ = 0;  // of times that are not the clock's
  GstClockTimeDiff last_time_ = GST_CLOCK_STIME_NONE;

  CapsPtr picture_caps_;  // the streaming thread's: that the taker has

  // Written on streaming threads, read on the main thread.
  PadPtr pictures_branch_, sound_branch_;  // where streams go into, of the thread that adds them
  std::atomic<bool> has_picture_ = false, has_sound_ = false, are_streams_known_ = false;
  std::atomic<bool> has_video_ = false, is_endless_;
  std::atomic<GstClockTime> first_picture_time_ = GST_CLOCK_TIME_NONE;
  std::atomic<guint64> pictures_ = 0;
};

}  // namespace numpro::media
