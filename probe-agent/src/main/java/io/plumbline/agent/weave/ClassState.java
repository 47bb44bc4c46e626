package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Location;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of one class that a probe means. Written by whichever thread loads or retransforms the class, read by the
 * control thread; guarded by itself. Holds neither the class nor its loader.
 */
final class ClassState {
    private final String className;
    private final String loaderName;
    private final boolean isOfJdk;
    private final Map<SiteKey, Site> sites = new LinkedHashMap<>();
    private ClassContents contents = ClassContents.NONE;
    private Set<Wish> wishes = Set.of();
    private WeakReference<Class<?>> owner = new WeakReference<>(null);

    /** Whether the woven class has been verified: it was retransformed, or is initialised. */
    private boolean accepted;

    private SourceLines source;
    private String refusal;

    /** Why single locations can't be woven, though the class can. */
    private final Map<Location, String> refusals = new LinkedHashMap<>();

    /** Locations that are left out, as the JVM refuses the class with them, and why. */
    private final Map<Location, String> banned = new LinkedHashMap<>();

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
        if (isOfJdk) {
            return JdkClasses.isNamed(type, className);
        }
        return ProbeTable.means(type, className, files());
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

    /** Whether the JVM has verified the class with its sites. */
    synchronized boolean isAccepted() {
        return accepted;
    }

    synchronized void accept() {
        accepted = true;
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
        sites.clear();
        newSites.forEach(site -> sites.put(site.key(), site));
        contents = newContents;
        refusal = null;
        accepted = false;
        refusals.clear();
    }

    /** A location can't be woven, others can. */
    synchronized void refused(Location location, String reason) {
        refusals.put(location, reason);
    }

    /** The class can't be woven. */
    synchronized void refused(String reason) {
        sites.clear();
        refusal = reason;
    }

    /** From now on the class is woven without a location. */
    synchronized void ban(Location location, String reason) {
        banned.put(location, reason);
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
        banned.keySet().retainAll(asked);
    }

    synchronized void unban(Location location) {
        banned.remove(location);
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
        return sites.values().stream()
                .filter(site -> site.key().file().equals(file) || location.line() == 0)
                .filter(site -> site.key().isAt(location))
                .toList();
    }

    synchronized ClassContents contents() {
        return contents;
    }
}
