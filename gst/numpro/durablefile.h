/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <filesystem>
#include <string_view>

namespace numpro {

/** What a power cut or a killed process leaves is whole: either there, or under this prefix. */
inline constexpr std::string_view kUnfinishedPrefix = ".unfinished-";

/** ".unfinished-NAME" beside a file or a directory. */
std::filesystem::path unfinished_beside (const std::filesystem::path &path);

/** Writes a new file to the disk. @throw FileError also where there is one already */
void write_file (const std::filesystem::path &path, std::string_view contents);

/** There is the whole file under its name afterwards, or none. @throw FileError */
void write_whole_file (const std::filesystem::path &path, std::string_view contents);

/** Adds a line at the end of a file that other threads and processes may write to as well.
 *  @throw FileError */
void append_line (const std::filesystem::path &path, std::string_view line);

/** A directory's entries are on the disk only once it is synced itself. @throw FileError */
void sync_directory (const std::filesystem::path &path);

/** Makes a directory, also the one that it is to be in if that is gone. @throw FileError */
void make_directory (const std::filesystem::path &path);

/** Renames a directory, to the disk; as it was where that fails. @throw FileError */
void rename_directory (const std::filesystem::path &from, const std::filesystem::path &to);

/** Removes a file or a directory with all that is in it, as far as that is possible. */
void remove_quietly (const std::filesystem::path &path);

}  // namespace numpro
