package io.plumbline.agent.capture.thrown;

import io.plumbline.config.code.OwnCode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What makes two exceptions the same bug: 32 hex digits, equal in every instance and run. On the agent's thread.
 *
 * <p>The rule, version {@value #VERSION}. From the exception and its causes, outermost first, go in:
 *
 * <ul>
 *   <li>the class;
 *   <li>class and method of the top {@value #MAX_FRAMES} frames that are the application's own (see {@link OwnCode});
 *       when none in the whole chain is, of the top frames whatever they are;
 *   <li>each frame once, where it comes first, so that the depth of a recursion does not count; of a StackOverflowError
 *       only frames that recur, in alphabetical order, as it can strike at any of them.
 * </ul>
 *
 * Names go in without their counted or random parts (see {@link StableNames}). Not in it: messages, lines, files,
 * modules, suppressed exceptions, compilers' go-betweens such as {@code access$000}. Sentry groups alike, by stack trace
 * first, but with all frames of the application's, so that one bug reached from two callers further up is two groups there.
 *
 * <p>An exception without frames (a stackless one, or one that the JIT has thrown often) has its class alone.
 */
public final class Fingerprint {
    static final String VERSION = "1";
    static final int MAX_FRAMES = 8;
    private static final int BYTES = 16;

    private final List<CapturedThrowable> chain = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final StringBuilder text = new StringBuilder(VERSION).append('\n');

    private Fingerprint(CapturedThrowable throwable) {
        for (CapturedThrowable one = throwable; one != null && !one.isRepeated(); one = one.cause()) {
            chain.add(one);
        }
    }

    public static String of(CapturedThrowable throwable) {
        Fingerprint fingerprint = new Fingerprint(throwable);
        return fingerprint.hash();
    }

    private String hash() {
        Predicate<CapturedFrame> wanted =
                chain.stream().flatMap(one -> one.frames().shown().stream()).anyMatch(Fingerprint::isOwn)
                        ? Fingerprint::isOwn
                        : Fingerprint::isReal;
        for (CapturedThrowable one : chain) {
            text.append(StableNames.type(one.type())).append('\n');
            frames(one, wanted).forEach(frame -> text.append('\t').append(frame).append('\n'));
        }
        return digest(text.toString());
    }

    private Set<String> frames(CapturedThrowable throwable, Predicate<CapturedFrame> wanted) {
        List<String> names = throwable.frames().shown().stream()
                .filter(wanted)
                .map(frame -> StableNames.type(frame.type()) + '.' + StableNames.method(frame.method()))
                .toList();
        if (throwable.type().equals("java.lang.StackOverflowError")) {
            return recurring(names);
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (String name : names) {
            if (chosen.size() < MAX_FRAMES && used.add(name)) {
                chosen.add(name);
            }
        }
        return chosen;
    }

    private static Set<String> recurring(List<String> names) {
        Set<String> once = new HashSet<>();
        Set<String> recurring = new TreeSet<>();
        for (String name : names) {
            if (!once.add(name)) {
                recurring.add(name);
            }
        }
        return recurring;
    }

    private static boolean isOwn(CapturedFrame frame) {
        return isReal(frame) && OwnCode.contains(frame.type());
    }

    private static boolean isReal(CapturedFrame frame) {
        return !frame.isUnread() && !StableNames.isGenerated(frame.method());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
