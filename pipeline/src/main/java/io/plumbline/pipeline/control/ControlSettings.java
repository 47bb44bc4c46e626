package io.plumbline.pipeline.control;

import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.pipeline.control.access.Bearers;
import io.plumbline.pipeline.control.access.Tokens;
import io.plumbline.pipeline.control.approval.ApprovalRules;
import io.plumbline.pipeline.control.assistants.AssistantRules;
import io.plumbline.pipeline.control.oidc.OidcSettings;
import io.plumbline.pipeline.control.oidc.OidcTokens;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.control.shares.ShareTargets;
import io.plumbline.pipeline.control.source.SourceSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The control plane's own settings, {@code control.…}.
 *
 * @param keyFile the private key to sign with; null for that of the data folder
 * @param others keys whose records count beside our own
 * @param approval which probes wait for approval
 * @param oidc whose bearer tokens are taken beside ours; null for nobody's
 * @param assistants what callers of the role assistant may
 * @param sources where the sources of running classes are
 * @param shares where shares can be sent
 * @param console what a person chose of the console
 * @param listening where the API and the meters listen
 */
public record ControlSettings(
        Path keyFile,
        TrustedKeys others,
        ApprovalRules approval,
        OidcSettings oidc,
        AssistantRules assistants,
        SourceSettings sources,
        ShareTargets shares,
        ConsoleSettings console,
        Listening listening) {
    /** As they are by default. */
    public static final ControlSettings NONE = new ControlSettings(
            null,
            TrustedKeys.NONE,
            ApprovalRules.NONE,
            null,
            AssistantRules.DEFAULT,
            SourceSettings.NONE,
            ShareTargets.NONE,
            ConsoleSettings.NONE,
            Listening.LOOPBACK);

    private static final String PREFIX = "control.";
    private static final String SIGNING_KEY = PREFIX + "signing-key";
    private static final String TRUSTED_KEYS = PREFIX + "trusted-keys";
    private static final Set<String> KNOWN = known();

    /**
     * Reads those that begin with {@code control.} and passes over the rest.
     *
     * @throws IllegalArgumentException naming the key and the remedy
     */
    public static ControlSettings of(Map<String, String> settings) {
        for (String key : settings.keySet()) {
            if (key.startsWith(PREFIX)
                    && !KNOWN.contains(key)
                    && !ApprovalRules.isOurs(key)
                    && !SourceSettings.isOurs(key)
                    && !key.startsWith(OidcSettings.PREFIX)) {
                throw new IllegalArgumentException(
                        "unknown setting " + key + "; the control plane knows " + String.join(", ", KNOWN));
            }
        }
        Path keyFile = settings.containsKey(SIGNING_KEY) ? Path.of(settings.get(SIGNING_KEY)) : null;
        if (keyFile != null) {
            try {
                SigningKey.read(keyFile);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(SIGNING_KEY + ": " + e.getMessage(), e);
            }
        }
        String trusted = settings.get(TRUSTED_KEYS);
        return new ControlSettings(
                keyFile,
                trusted == null ? TrustedKeys.NONE : TrustedKeys.parse(TRUSTED_KEYS, trusted),
                ApprovalRules.of(settings),
                OidcSettings.of(settings),
                AssistantRules.of(settings),
                SourceSettings.of(settings),
                ShareTargets.of(settings),
                ConsoleSettings.of(settings),
                Listening.of(settings));
    }

    /** Ours, and the provider's where there is one. */
    Bearers bearers(Tokens tokens) {
        if (oidc == null) {
            return tokens;
        }
        OidcTokens provided = new OidcTokens(oidc);
        return bearer -> OidcTokens.looksLike(bearer) ? provided.caller(bearer) : tokens.caller(bearer);
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(AssistantRules.KEYS);
        known.addAll(ConsoleSettings.KEYS);
        known.addAll(ShareTargets.KEYS);
        known.addAll(Listening.KEYS);
        known.addAll(Set.of(
                SIGNING_KEY,
                TRUSTED_KEYS,
                ApprovalRules.PREFIX + "NAME",
                OidcSettings.PREFIX + "...",
                ApprovalRules.EXPIRES,
                SourceSettings.PREFIX + "folders",
                SourceSettings.PREFIX + "git",
                SourceSettings.PREFIX + "jars"));
        return known;
    }

    SigningKey signingKey(Path data) {
        return keyFile == null ? SigningKey.in(data) : SigningKey.read(keyFile);
    }

    TrustedKeys trusted(SigningKey own) {
        return TrustedKeys.parse(SIGNING_KEY, own.publicText()).and(others);
    }
}
