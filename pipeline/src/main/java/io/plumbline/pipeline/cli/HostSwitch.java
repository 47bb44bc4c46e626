package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Switches the agent of one process of this host off and on by its file, which needs neither Kafka nor a control plane.
 *
 * <p>The file is made anew, for its owner alone and through no link; to remove it removes a link, not what that leads to.
 */
final class HostSwitch {
    private HostSwitch() {}

    /**
     * @param file where the agent looks; null to find out
     */
    static int turn(PrintWriter out, boolean off, long pid, Path file, boolean json) {
        Path found = file == null ? find(out, pid, json) : file.toAbsolutePath();
        boolean changed = off ? make(found) : remove(found);
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("pid", pid);
            map.put("file", found.toString());
            map.put("off", off);
            map.put("changed", changed);
            out.println(Json.write(map));
        } else {
            print(out, off, pid, found, changed);
        }
        return 0;
    }

    private static Path find(PrintWriter out, long pid, boolean json) {
        try {
            return Jvms.offFile(pid);
        } catch (IOException e) {
            Path usual = Path.of(System.getProperty("java.io.tmpdir"), "plumbline-" + pid + ".off");
            if (!json) {
                out.println("process " + pid + " can't be asked where its agent looks (" + e.getMessage()
                        + "); taking the usual place. If it has plumbline.off-file set, name that file with --file");
            }
            return usual;
        }
    }

    private static boolean make(Path file) {
        try {
            Files.createFile(file, forOwnerAlone());
            return true;
        } catch (FileAlreadyExistsException e) {
            if (!Files.exists(file)) {
                throw Failure.notSo(
                        file + " is a link that leads nowhere, which switches nothing off; remove it first");
            }
            return false;
        } catch (IOException e) {
            throw Failure.notSo("can't make " + file + " (" + e + "); make it by hand, as a user who may");
        }
    }

    private static FileAttribute<?>[] forOwnerAlone() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean remove(Path file) {
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                throw Failure.notSo(file + " is a folder; it is not removed by this command");
            }
            return Files.deleteIfExists(file);
        } catch (AccessDeniedException e) {
            throw Failure.notSo("can't remove " + file + ", which is another user's; remove it as that user");
        } catch (IOException e) {
            throw Failure.notSo("can't remove " + file + " (" + e + "); remove it by hand, as a user who may");
        }
    }

    private static void print(PrintWriter out, boolean off, long pid, Path file, boolean changed) {
        if (off) {
            out.println((changed ? "made " : "there is already ") + file
                    + ": within a second all probes of process " + pid + " are off, and every class gets its own"
                    + " bytecode back. On again with: " + Folders.launcher() + " on --pid " + pid);
        } else if (changed) {
            out.println("removed " + file + ": the probes of process " + pid + " come back within a second");
        } else {
            out.println("there is no " + file + ", so process " + pid + " was not switched off by it");
        }
    }
}
