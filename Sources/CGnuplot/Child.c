// For posix_spawn_file_actions_addchdir_np.
#define _GNU_SOURCE

#include "CGnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int spawn(const posix_spawn_file_actions_t *actions, char *const *arguments,
                 int *exit_status) {
  pid_t child = 0;
  const int error = posix_spawnp(&child, arguments[0], actions, NULL, arguments, environ);
  if (error != 0) return error;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  *exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return 0;
}

int cgnuplot_run(char *const *arguments, const char *folder, const char *log, int *exit_status) {
  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error != 0) return error;
  error = posix_spawn_file_actions_addchdir_np(&actions, folder);
  if (error == 0) {
    error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log,
                                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644);
  }
  if (error == 0) {
    error = posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  }
  if (error == 0) error = spawn(&actions, arguments, exit_status);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}
