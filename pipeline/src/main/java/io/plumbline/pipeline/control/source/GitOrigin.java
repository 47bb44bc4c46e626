package io.plumbline.pipeline.control.source;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;
import org.eclipse.jgit.util.FS;

/**
 * A Git repository on the control plane's host, a working tree or a bare clone. Read as of the commit that the instance says it was built from;
 * where it says none or the repository has not got it, as of HEAD, with that said. The files of a working tree are never looked at.
 *
 * <p>The bargain: nobody fetches; a clone is kept up to date by whoever made it.
 */
record GitOrigin(Path place) implements Origin {
    /** Build tools write more behind it: {@code -dirty}, {@code +build}. */
    private static final Pattern COMMIT = Pattern.compile("([0-9a-fA-F]{7,40})(?![0-9a-zA-Z])(.*)");

    static {
        QuietGit.install();
    }

    /** A commit, and why it may not be the deployed one. */
    private record Chosen(RevCommit commit, String doubt) {}

    /** Whether there is a repository. */
    boolean isThere() {
        return gitFolder() != null;
    }

    @Override
    public Optional<Found> find(SourcePath path, String commit) throws IOException {
        File git = gitFolder();
        if (git == null) {
            throw new IOException("no Git repository is at " + place);
        }
        try (Repository repository = new RepositoryBuilder()
                        .setGitDir(git)
                        .setMustExist(true)
                        .build();
                RevWalk walk = new RevWalk(repository)) {
            Optional<Chosen> chosen = chosen(repository, walk, commit);
            return chosen.isEmpty() ? Optional.empty() : find(repository, chosen.get(), path);
        }
    }

    private File gitFolder() {
        return RepositoryCache.FileKey.resolve(place.toFile(), FS.DETECTED);
    }

    private static Optional<Chosen> chosen(Repository repository, RevWalk walk, String commit) throws IOException {
        Matcher matcher = COMMIT.matcher(commit.strip());
        ObjectId deployed = matcher.matches() ? resolve(repository, matcher.group(1)) : null;
        if (deployed != null) {
            boolean dirty = matcher.group(2).contains("dirty");
            return Optional.of(new Chosen(
                    walk.parseCommit(deployed),
                    dirty ? "what runs was built with changes that were not committed (" + commit + ")" : ""));
        }
        ObjectId head = resolve(repository, Constants.HEAD);
        if (head == null) {
            return Optional.empty();
        }
        String doubt = commit.isEmpty()
                ? "this is HEAD, as the program does not say which commit it was built from; write git.properties or"
                        + " Git-Commit in its jar's manifest, or set plumbline.labels=commit=..."
                : "this is HEAD, as the repository has no commit " + commit + "; fetch it";
        return Optional.of(new Chosen(walk.parseCommit(head), doubt));
    }

    private static ObjectId resolve(Repository repository, String name) throws IOException {
        try {
            return repository.resolve(name + "^{commit}");
        } catch (IllegalArgumentException e) {
            return null; // ambiguous, or of another kind
        }
    }

    private Optional<Found> find(Repository repository, Chosen chosen, SourcePath path) throws IOException {
        TreeMap<String, ObjectId> found = new TreeMap<>(LIKELIEST);
        try (TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(chosen.commit().getTree());
            tree.setRecursive(true);
            tree.setFilter(PathSuffixFilter.create(path.text()));
            while (tree.next()) {
                if (path.ends(tree.getPathString())) {
                    found.put("/" + tree.getPathString(), tree.getObjectId(0));
                }
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ObjectLoader file = repository.open(found.firstEntry().getValue());
        return file.getSize() > MAX_BYTES
                ? Optional.empty()
                : Optional.of(new Found(
                        new String(file.getCachedBytes(MAX_BYTES), StandardCharsets.UTF_8),
                        "git",
                        place + found.firstKey(),
                        chosen.commit().name(),
                        chosen.doubt()));
    }
}
