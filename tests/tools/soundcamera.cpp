/* SPDX-License-Identifier: LGPL-2.1-or-later */

// A camera of a process of its own, which can be killed: H.264 and sound over RTSP.
//
//   soundcamera PORT [USER:PASSWORD|silent]
//
// PORT 0 is any that is free. A silent camera has no sound. The address is on the first line of the
// output.

#include <gst/rtsp-server/rtsp-server.h>

#include <cstdio>
#include <string>

namespace {

constexpr char kPictures[] =
    "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width=320,height=240,"
    "framerate=30/1 ! x264enc tune=zerolatency key-int-max=15 ! rtph264pay name=pay0 pt=96 "
    "config-interval=-1 ";

constexpr char kSound[] =
    "audiotestsrc is-live=true ! audio/x-raw,rate=8000 ! alawenc ! rtppcmapay name=pay1 pt=8 ";

// Asks for user and password.
void protect (GstRTSPServer *server, GstRTSPMediaFactory *factory, const std::string &credentials)
{
  const std::size_t colon = credentials.find (':');
  const std::string user = credentials.substr (0, colon), password = credentials.substr (colon + 1);
  GstRTSPAuth *auth = gst_rtsp_auth_new ();
  GstRTSPToken *token =
      gst_rtsp_token_new (GST_RTSP_TOKEN_MEDIA_FACTORY_ROLE, G_TYPE_STRING, "viewer", nullptr);
  char *basic = gst_rtsp_auth_make_basic (user.c_str (), password.c_str ());
  gst_rtsp_auth_add_basic (auth, basic, token);
  g_free (basic);
  gst_rtsp_token_unref (token);
  gst_rtsp_media_factory_add_role (factory, "viewer", GST_RTSP_PERM_MEDIA_FACTORY_ACCESS,
                                   G_TYPE_BOOLEAN, TRUE, GST_RTSP_PERM_MEDIA_FACTORY_CONSTRUCT,
                                   G_TYPE_BOOLEAN, TRUE, nullptr);
  gst_rtsp_server_set_auth (server, auth);
  g_object_unref (auth);
}

}  // namespace

int main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  if (argc < 2)
    return 2;
  GstRTSPServer *server = gst_rtsp_server_new ();
  GstRTSPMediaFactory *factory = gst_rtsp_media_factory_new ();
  const std::string kind = argc > 2 ? argv[2] : "";
  const std::string streams = std::string (kPictures) + (kind == "silent" ? "" : kSound) + ")";
  gst_rtsp_media_factory_set_launch (factory, streams.c_str ());
  gst_rtsp_media_factory_set_shared (factory, TRUE);
  if (kind.find (':') != std::string::npos)
    protect (server, factory, kind);
  GstRTSPMountPoints *mounts = gst_rtsp_server_get_mount_points (server);
  gst_rtsp_mount_points_add_factory (mounts, "/camera", factory);
  g_object_unref (mounts);
  gst_rtsp_server_set_address (server, "127.0.0.1");
  gst_rtsp_server_set_service (server, argv[1]);
  if (gst_rtsp_server_attach (server, nullptr) == 0)
    return 1;
  std::printf ("rtsp://127.0.0.1:%d/camera\n", gst_rtsp_server_get_bound_port (server));
  std::fflush (stdout);
  g_main_loop_run (g_main_loop_new (nullptr, FALSE));
}
