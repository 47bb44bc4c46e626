package io.plumbline.pipeline.control.source;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit to the repository that it is given: it reads no settings of the machine or the user, for which it would run {@code git}, and
 * writes none of its own into the user's home.
 */
final class QuietGit extends SystemReader.Delegate {
    private QuietGit(SystemReader reader) {
        super(reader);
    }

    /** For the whole process, which has no other use of JGit. */
    static void install() {
        SystemReader.setInstance(new QuietGit(SystemReader.getInstance()));
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS files) {
        return new NoConfig(parent, files);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS files) {
        return new NoConfig(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS files) {
        return new NoConfig(parent, files);
    }

    /** One without a file. */
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS files) {
            super(parent, null, files);
        }

        @Override
        public void load() {
            // there is nothing to read
        }

        @Override
        public void save() {
            // nor to keep
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
