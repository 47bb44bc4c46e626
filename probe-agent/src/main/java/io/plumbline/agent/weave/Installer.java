package io.plumbline.agent.weave;

/** Chooses how the sites of a class are called, and puts beside the class what those calls need. Thread-safe. */
final class Installer {
    private final Doors doors;
    private final Stubs stubs;

    Installer(Definer definer) {
        this.doors = new Doors(definer);
        this.stubs = new Stubs(definer);
    }

    /** How the sites of one class are called. */
    interface Place {

        SiteCall call();

        /**
         * Called for each site before the woven class is handed to the JVM.
         *
         * @throws UnlinkableException with the reason, when the site can't be called
         */
        void prepare(WovenSite site);
    }

    /**
     * @param loader null for the bootstrap loader
     * @param module of the class; null if not known
     * @param className with dots
     * @throws UnlinkableException with the reason, when no probe's call can be linked in this loader
     */
    Place in(ClassLoader loader, Module module, String className, byte[] bytes) {
        String door = doors.of(loader, module);
        if (ClassWeaver.isOld(bytes) || JdkClasses.isLoader(loader)) {
            return new ByStub(loader, module, className, door);
        }
        return new Itself(new SiteCall.Dynamic(door));
    }

    private record Itself(SiteCall call) implements Place {
        @Override
        public void prepare(WovenSite site) {
            // the call links itself
        }
    }

    private final class ByStub implements Place {
        private final ClassLoader loader;
        private final Module module;
        private final String className;
        private final String door;

        ByStub(ClassLoader loader, Module module, String className, String door) {
            this.loader = loader;
            this.module = module;
            this.className = className;
            this.door = door;
        }

        @Override
        public SiteCall call() {
            return new SiteCall.ToStub();
        }

        @Override
        public void prepare(WovenSite site) {
            stubs.define(loader, module, className, door, site);
        }
    }
}
