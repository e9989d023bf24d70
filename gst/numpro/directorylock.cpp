/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "directorylock.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <string>
#include <utility>

#include "bundlenames.h"
#include "durablefile.h"
#include "owned.h"

namespace fs = std::filesystem;

namespace numpro {

namespace {

class Descriptor
{
 public:
  explicit Descriptor (int file) : file_ (file) {}
  ~Descriptor ()
  {
    if (file_ >= 0)
      close (file_);
  }
  Descriptor (const Descriptor &) = delete;
  Descriptor &operator= (const Descriptor &) = delete;

  int get () const { return file_; }
  int steal () { return std::exchange (file_, -1); }

 private:
  int file_;
};

enum class Attempt { kLocked, kBusy, kUnsupported };

Attempt try_lock (int file, const fs::path &directory)
{
  while (flock (file, LOCK_EX | LOCK_NB) != 0) {
    switch (errno) {
      case EINTR:
        break;
      case EWOULDBLOCK:
      case EACCES:  // what servers of SMB say
        return Attempt::kBusy;
      case EINVAL:
      case ENOLCK:
      case ENOSYS:
      case EOPNOTSUPP:
        return Attempt::kUnsupported;
      default:
        throw FileError (directory);
    }
  }
  return Attempt::kLocked;
}

// For people alone, as all that is in the file: it may not fit the disk any more.
void write_owner (int file)
{
  const std::string owner = std::to_string (getpid ()) + ' ' + g_get_host_name () + '\n';
  [[maybe_unused]] const bool is_written =
      ftruncate (file, 0) == 0 && pwrite (file, owner.data (), owner.size (), 0) > 0;
}

std::string valid (const std::string &text)
{
  return TextPtr (g_utf8_make_valid (text.c_str (), static_cast<gssize> (text.size ()))).get ();
}

// Not its arguments, which may hold a key.
std::string name_of (pid_t process)
{
  std::string name;
  std::getline (std::ifstream ("/proc/" + std::to_string (process) + "/comm"), name);
  return valid (name);
}

std::string read_owner (int file)
{
  char text[256];
  const ssize_t size = pread (file, text, sizeof (text), 0);
  const std::string all (text, static_cast<std::size_t> (std::max<ssize_t> (size, 0)));
  const std::string line = all.substr (0, all.find ('\n'));
  pid_t process = 0;
  const char *const end = std::from_chars (line.data (), line.data () + line.size (), process).ptr;
  if (process <= 0 || *end != ' ')
    return "another process";
  const std::string host (end + 1);
  // A process of another host or container may have the number of one that is here.
  if (host != g_get_host_name ())
    return "process " + std::to_string (process) + " of " + valid (host);
  if (process == getpid ())
    return "this process";
  const std::string name = name_of (process);
  return "process " + std::to_string (process) + (name.empty () ? "" : " (" + name + ")");
}

}  // namespace

DirectoryLock::~DirectoryLock ()
{
  release ();
}

void DirectoryLock::take (const fs::path &directory)
{
  std::lock_guard guard (mutex_);
  directory_ = directory;
  if (file_ < 0 || !is_in_place (file_))
    lock ();
}

void DirectoryLock::keep ()
{
  std::lock_guard guard (mutex_);
  if (file_ < 0 || is_in_place (file_))
    return;
  if (mkdir (directory_.c_str (), 0777) != 0 && errno != EEXIST)
    throw FileError (directory_);
  lock ();
}

bool DirectoryLock::is_held () const
{
  std::lock_guard guard (mutex_);
  return file_ >= 0;
}

// Whether an open file is the one that others find.
bool DirectoryLock::is_in_place (int file) const
{
  struct stat own, found;
  return fstat (file, &own) == 0 && lstat ((directory_ / kLockName).c_str (), &found) == 0 &&
         own.st_dev == found.st_dev && own.st_ino == found.st_ino;
}

// What was locked before stays so until there is another lock.
void DirectoryLock::lock ()
{
  // An owner that ends takes the file away, perhaps after it was opened here. Were it another one
  // every time, the file system would not be one that can tell files apart.
  constexpr int kTries = 100;
  const fs::path path = directory_ / kLockName;
  for (int i = 0; i < kTries; ++i) {
    // What a link leads to is somebody else's file, which is not to be written over.
    Descriptor file (open (path.c_str (), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (file.get () < 0 && errno == ELOOP)
      throw FileError (path, G_IO_ERROR, G_IO_ERROR_FAILED, "It is a symbolic link; remove it");
    if (file.get () < 0)
      throw FileError (directory_);
    const Attempt attempt = try_lock (file.get (), directory_);
    if (attempt == Attempt::kBusy)
      throw FileError (directory_, G_IO_ERROR, G_IO_ERROR_BUSY,
                       (read_owner (file.get ()) + " writes there already").c_str ());
    if (attempt == Attempt::kUnsupported)
      break;
    if (is_in_place (file.get ())) {
      write_owner (file.get ());
      release ();
      file_ = file.steal ();
      return;
    }
  }
  unlink (path.c_str ());
  release ();
}

void DirectoryLock::release ()
{
  if (file_ < 0)
    return;
  if (is_in_place (file_))
    unlink ((directory_ / kLockName).c_str ());
  // Closing alone would leave it to a child that has the file as well.
  flock (file_, LOCK_UN);
  close (std::exchange (file_, -1));
}

}  // namespace numpro
