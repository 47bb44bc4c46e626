Plumbline is under the Apache License 2.0 (LICENSE). What it brings along is under licences of its own, as its authors
state them. A library with several licences is taken under the first of ours that fits.

Where the libraries are: lib/ has them as they were published; plumbline-agent.jar has the classes of those that the agent
needs, under inst/; the console's are in lib/dashboards-*.jar, each with its licence, under dashboards/console/lib/.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
<#assign licenses = entry.getValue()/>
${project.groupId}:${project.artifactId}:${project.version}
    ${licenses?join(" or ")}<#if project.url??>  ${project.url}</#if>
</#list>
