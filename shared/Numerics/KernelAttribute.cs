namespace Aisle.Numerics;

/// <summary>Marks a numeric kernel: a method that may be up to 100 lines long because the compiler needs it whole.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelAttribute : Attribute;
