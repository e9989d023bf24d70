/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string>

#include "lib/base/owned.h"
#include "modeloptions.h"
#include "responseformat.h"

namespace numpro {

/**
 * The body of a request for a chat completion about a batch, with images by their file names: the
 * instruction, then the images with their labels, last the question, so that a server's prefix
 * cache serves several questions about one batch.
 *
 * @param options without an options_problem()
 * @param format for a prompt that wants JSON
 */
std::string make_request (const ChatOptions &options, ResponseFormat format,
                          GstNumproPrompt *prompt, GstNumproBatch *batch);

/**
 * The schema that a request is to have its answer fit; null where there is none, or where the
 * options have a form of their own.
 */
Json schema_for (const ChatOptions &options, GstNumproPrompt *prompt, GstNumproBatch *batch);

/**
 * The body of a request that asks back what an answer means: text alone, with a schema.
 *
 * @param answer needs a restatement
 */
std::string make_restatement_request (const ChatOptions &options, ResponseFormat format,
                                      GstNumproPrompt *prompt, GstNumproLedger *ledger,
                                      GstNumproAnswer *answer);

/** The schema of its reply. */
Json restatement_schema (GstNumproPrompt *prompt);

/** The same body as it is sent: with data URLs for the file names of the batch's images. */
std::string put_images_into (const std::string &request, GstNumproBatch *batch);

/** What is wrong with the options; empty when nothing is. */
std::string options_problem (const std::string &options);

}  // namespace numpro
