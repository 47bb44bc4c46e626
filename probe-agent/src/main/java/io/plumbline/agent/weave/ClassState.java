package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one class that a probe means. Written by whichever thread loads or retransforms the class, read by the
 * control thread; guarded by itself. Holds neither the class nor its loader.
 */
final class ClassState {
    private static final int OFTEN = 32;

    private final String className;
    private final String loaderName;
    private final boolean isOfJdk;
    private final Revision revision;
    private final WeakReference<ClassLoader> loader;
    private final Map<SiteKey, Site> sites = new LinkedHashMap<>();
    private final Map<Spot, List<Site>> bySpot = new HashMap<>();
    private ClassContents contents = ClassContents.NONE;
    private Set<Wish> wishes = Set.of();
    private WeakReference<Class<?>> owner = new WeakReference<>(null);

    /** Whether the woven class has been verified: it was retransformed, or is initialised. */
    private boolean accepted;

    /** Whether what it was woven for has been compared with the table of probes since. */
    private boolean compared;

    /** How often the loaded class was looked for in vain. */
    private int misses;

    private SourceLines source;
    private String refusal;

    /** Why single locations can't be woven, though the class can. */
    private final Map<Location, String> refusals = new LinkedHashMap<>();

    /** Locations that are left out, as the JVM refuses the class with them, and why. */
    private final Map<Location, String> banned = new LinkedHashMap<>();

    ClassState(String className, ClassLoader loader, Revision revision) {
        this.className = className;
        this.revision = revision;
        this.loader = new WeakReference<>(loader);
        this.isOfJdk = JdkClasses.isLoader(loader);
        this.loaderName = nameOf(loader);
    }

    static String nameOf(ClassLoader loader) {
        if (loader == null) {
            return "bootstrap";
        }
        return loader.getName() != null
                ? loader.getName()
                : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
    }

    /** All the types by which a location could mean this class. */
    Set<String> types() {
        Set<String> types = ProbeTable.names(className, isOfJdk ? List.of() : files());
        if (isOfJdk) {
            types.removeIf(type -> !JdkClasses.isNamed(type, className));
        }
        return types;
    }

    /** Null for the bootstrap loader, and when the loader has gone. */
    ClassLoader loader() {
        return loader.get();
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
            revision.changed();
        }
    }

    /**
     * Whether to look for the loaded class now: a class that was woven may never come, where loading it failed, so that it
     * is asked for less and less often.
     */
    synchronized boolean isLookedFor() {
        misses++;
        return misses < OFTEN || Integer.bitCount(misses) == 1;
    }

    /** Whether the JVM has verified the class with its sites. */
    synchronized boolean isAccepted() {
        return accepted;
    }

    synchronized void accept() {
        if (!accepted) {
            accepted = true;
            revision.changed();
        }
    }

    /** Whether there is nothing to be found out about the class. */
    synchronized boolean isSettled() {
        return sites.isEmpty() || (accepted && compared);
    }

    synchronized boolean isCompared() {
        return compared;
    }

    synchronized void compared() {
        compared = true;
        revision.changed();
    }

    /** The files that the class was made from, as its bytes tell; null when they were not looked at yet. */
    synchronized SourceLines source() {
        return source;
    }

    /** Their names; none when they were not looked at yet. */
    synchronized List<String> files() {
        return source == null ? List.of() : source.files();
    }

    synchronized void madeFrom(SourceLines newSource) {
        source = newSource;
    }

    /** What the class was woven for last. */
    synchronized Set<Wish> wishes() {
        return wishes;
    }

    /** The class was woven with these sites; a refusal of an earlier version is void. */
    synchronized void woven(Set<Wish> newWishes, List<Site> newSites, ClassContents newContents) {
        wishes = Set.copyOf(newWishes);
        clear();
        for (Site site : newSites) {
            sites.put(site.key(), site);
            bySpot.computeIfAbsent(site.key().spot(), any -> new ArrayList<>()).add(site);
        }
        contents = newContents;
        refusal = null;
        accepted = false;
        compared = false;
        refusals.clear();
        revision.changed();
    }

    private void clear() {
        sites.clear();
        bySpot.clear();
    }

    /** A location can't be woven, others can. */
    synchronized void refused(Location location, String reason) {
        refusals.put(location, reason);
        revision.changed();
    }

    /** The class can't be woven. */
    synchronized void refused(String reason) {
        clear();
        refusal = reason;
        revision.changed();
    }

    /** Whether the class as a whole can't be woven. */
    synchronized boolean isRefused() {
        return refusal != null;
    }

    /** From now on the class is woven without a location. */
    synchronized void ban(Location location, String reason) {
        banned.put(location, reason);
        revision.changed();
    }

    /** Whether the class is to be woven without a location. */
    synchronized boolean isBanned(Location location) {
        return banned.containsKey(location);
    }

    /** Those probes whose locations the class is not to be woven without. */
    synchronized List<ArmedProbe> allowed(List<ArmedProbe> probes) {
        return probes.stream()
                .filter(armed -> !banned.containsKey(armed.probe().location()))
                .toList();
    }

    /** Forgets the bans of locations that nobody asks for any more. */
    synchronized void unban(Set<Location> asked) {
        if (banned.keySet().retainAll(asked)) {
            revision.changed();
        }
    }

    synchronized void unban(Location location) {
        if (banned.remove(location) != null) {
            revision.changed();
        }
    }

    /** Why the class or a location in it can't be woven; null when nothing stands against it. */
    synchronized String refusal(Location location) {
        if (refusal != null) {
            return refusal;
        }
        return banned.getOrDefault(location, refusals.get(location));
    }

    synchronized Site site(SiteKey key) {
        return sites.get(key);
    }

    synchronized List<Site> sites() {
        return new ArrayList<>(sites.values());
    }

    /** The sites of a location. */
    synchronized List<Site> sites(Location location) {
        String file =
                location.isFile() && source != null && !location.type().equals(source.ownFile()) ? location.type() : "";
        return bySpot.getOrDefault(SiteKey.bare(location.spot()), List.of()).stream()
                .filter(site -> site.key().file().equals(file) || location.line() == 0)
                .filter(site -> site.key().isAt(location))
                .toList();
    }

    synchronized ClassContents contents() {
        return contents;
    }
}
