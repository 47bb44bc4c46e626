package io.plumbline.agent.weave;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one class that a probe means. Written by whichever thread loads or retransforms the class, read by the
 * control thread; guarded by itself. Holds neither the class nor its loader.
 */
final class ClassState {
    private final String className;
    private final String loaderName;
    private final boolean isOfJdk;
    private final Map<SiteKey, Site> sites = new LinkedHashMap<>();
    private SortedSet<Integer> lines = new TreeSet<>();
    private WeakReference<Class<?>> owner = new WeakReference<>(null);
    private String sourceFile;
    private String refusal;

    /** Why single lines can't be woven, though the class can. */
    private final Map<Integer, String> lineRefusals = new TreeMap<>();

    ClassState(String className, ClassLoader loader) {
        this.className = className;
        this.isOfJdk = JdkClasses.isLoader(loader);
        this.loaderName = nameOf(loader);
    }

    private static String nameOf(ClassLoader loader) {
        if (loader == null) {
            return "bootstrap";
        }
        return loader.getName() != null
                ? loader.getName()
                : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }

    /** Whether a location's type means this class. */
    boolean isMeantBy(String type) {
        return isOfJdk ? JdkClasses.isNamed(type, className) : ProbeTable.means(type, className, sourceFile());
    }

    boolean isOfJdk() {
        return isOfJdk;
    }

    String className() {
        return className;
    }

    String loaderName() {
        return loaderName;
    }

    /** The loaded class; null until it has been seen loaded. */
    synchronized Class<?> owner() {
        return owner.get();
    }

    synchronized void seen(Class<?> type) {
        if (owner.get() != type) {
            owner = new WeakReference<>(type);
        }
    }

    /** The file that the class was made from, as its bytes tell; null when they don't, or were not looked at yet. */
    synchronized String sourceFile() {
        return sourceFile;
    }

    synchronized void madeFrom(String file) {
        sourceFile = file;
    }

    /** The class was woven with these sites; a refusal of an earlier version is void. */
    synchronized void woven(List<Site> newSites, SortedSet<Integer> linesWithCode) {
        sites.clear();
        newSites.forEach(site -> sites.put(site.key(), site));
        lines = linesWithCode;
        refusal = null;
        lineRefusals.clear();
    }

    /** A line can't be woven, others can. */
    synchronized void refused(int line, String reason) {
        lineRefusals.put(line, reason);
    }

    /** The class can't be woven. */
    synchronized void refused(String reason) {
        sites.clear();
        refusal = reason;
    }

    /** Why the class or a line of it can't be woven; null when nothing stands against it. */
    synchronized String refusal(int line) {
        return refusal != null ? refusal : lineRefusals.get(line);
    }

    synchronized Site site(SiteKey key) {
        return sites.get(key);
    }

    synchronized List<Site> sites() {
        return new ArrayList<>(sites.values());
    }

    /** All lines of the class that have code. */
    synchronized SortedSet<Integer> lines() {
        return new TreeSet<>(lines);
    }
}
